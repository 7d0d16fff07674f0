"""Who works on this machine, and when: what records of people carry."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from vivex.errors import UnknownName
from vivex.people.store import reviewer_name

_FILE = Path(".vivex") / "me"  # in the review's folder, under no version control


def who(root: Path, given: str | None, *, option: str) -> str:
    """Return the reviewer's name: the one given, else the one remembered; raise UnknownName where there is none."""
    name = given or remembered(root)
    if not name:
        raise UnknownName(f"who are you? give {option} NAME, such as your initials")
    return reviewer_name(name)


def remembered(root: Path) -> str:
    """Return the reviewer of this machine; "" where nobody said."""
    path = root / _FILE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def now() -> str:
    """Return the time, UTC, as records of people give it; SOURCE_DATE_EPOCH stands for the clock where it is set."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    time = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
