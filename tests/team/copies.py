"""A review shared in a plain folder, and people's copies of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vivex.annotation import Annotation
from vivex.people.importing import take_in
from vivex.people.store import Session, Statement, statements, studies
from vivex.review import Review
from vivex.team import share
from vivex.team.git import git
from vivex.team.sync import Synced, sync
from vivex.verbs.init import lay_out

PAPER = "Of {0} rats\n\nMethods\n\nTwenty male rats were given {0} once daily.\n"


def begin(root: Path, *, papers: int = 3) -> Review:
    """Make a review of some papers, not shared yet."""
    git(root.parent, "init", "-q", "--initial-branch", "main", root.name)
    git(root, "add", *lay_out(root, form="invivo"))
    for number in range(papers):
        (root / "pdfs" / f"study-{number}.txt").write_text(PAPER.format(f"agent{number}"), encoding="utf-8")
    return Review(root)


@dataclass
class Team:
    """A shared folder, and the copies that were made of it."""

    folder: Path
    made: dict[str, Review] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Return the folder that all can open."""
        return str(self.folder / "share")

    def copy(self, name: str) -> Review:
        """Return a person's copy, made where there is none."""
        if name not in self.made:
            root = self.folder / name
            share.join(root, self.place)
            self.made[name] = Review(root)
            sync(self.made[name])
        return self.made[name]

    def sync(self, *names: str) -> Synced:
        """Let people sync, one after the other; return what the last one was told."""
        return [sync(self.copy(name)) for name in names][-1]


def team(folder: Path) -> Team:
    """Return a team whose first member shared a review."""
    made = Team(folder)
    first = begin(folder / "mk")
    share.share(first.root, made.place)
    made.made["mk"] = first
    sync(first)
    return made


def say(
    review: Review, who: str, study: str, word: str, label: str = "form.sex", *, file: str = "w.xlsx"
) -> Annotation:
    """Let a reviewer answer a question of a study, blind."""
    source = f"adjudicator:{who[:-1]}" if who == "adjudicated" else f"reviewer:{who}"
    made = Annotation(study, label, word, (), source, None, decision="added")
    take_in(review, who, [made], Session(file, f"{file}{word}{label}", True))
    return made


def files(review: Review) -> dict[str, bytes]:
    """Return the papers and decisions of a copy."""
    found = {}
    for folder in (review.pdfs, review.annotations):
        found |= {p.relative_to(review.root).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return found


def all_statements(review: Review) -> list[Statement]:
    """Return every statement of a copy."""
    return [s for study in studies(review) for s in statements(review, study).values()]


def lose(review: Review, *parts: str) -> None:
    """Delete a folder of a copy, as an accident would."""
    shutil.rmtree(review.root.joinpath(*parts))


Copy = Callable[[str], Review]
