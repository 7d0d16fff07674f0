"""The unlabelled papers of corpora/invivo_fulltext (CC BY, CC BY-SA, CC0), one a line of a gzipped file.

A paper is {"doi", "title", "abstract", "sections": [[heading, paragraph], …], …}.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = Path("corpora", "invivo_fulltext", "invivo_fulltext.jsonl.gz")  # below the folder of the annotated data


def papers_in(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the papers of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def study_of(paper: Mapping[str, Any]) -> str:
    """Return the name that a paper has in the annotated data."""
    return re.sub("[^a-z0-9]+", "-", paper["doi"].lower())
