"""The texts that rules may be needed in: annotated and unlabelled papers, annotated sentences, our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from train_reader.samples import FILES, gather
from unlabelled import FILE, papers_in
from vivex.assess.examine import PAPER, READERS
from vivex.assess.reading.sentence import FoldedSentence, read
from vivex.assess.reading.sentence_reader import SentenceReader
from vivex.assess.weigh.votes import candidates, read_scores
from vivex.document import Document
from vivex.parse import parse_bytes
from vivex.parse.text import parse_text

UNLABELLED = 3  # every third unlabelled paper is read; the others are left to measure on


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a text's sentences, the reader's scores of those that it reads, and whether people of the field wrote it."""

    name: str
    real: bool
    sentences: tuple[FoldedSentence, ...]
    scores: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    @property
    def is_paper(self) -> bool:
        """Tell whether there is enough text for the reader to be heard as in a paper."""
        return len(self.sentences) >= PAPER


def development_texts(shared: Path, reader: SentenceReader) -> Iterator[Text]:
    """Yield every text that an alternative may be needed in."""
    for name, real, document in _documents(shared):
        readings = read(document)
        paper = len(readings) >= PAPER
        found = [finding for reading in readings for rules in READERS for finding in rules.find(reading)]
        scores = read_scores(readings, candidates(readings, found, reader.gate, paper=paper), reader)
        yield Text(name, real, readings, scores)


def _documents(shared: Path) -> Iterator[tuple[str, bool, Document]]:
    for path in sorted((shared / "gold" / "texts").glob("*.txt")):
        yield path.stem, True, parse_bytes(path.read_bytes(), name=path.name, params={})
    for sample in gather(shared):
        yield sample.id, sample.source == FILES[0], parse_text(sample.text.encode(), study="s", params={})
    for number, paper in enumerate(papers_in(shared / FILE)):
        if number % UNLABELLED == 0:
            parts = [paper["title"] or "A paper"]
            for heading, paragraph in paper["sections"]:
                parts += [f"## {heading or 'Text'}", paragraph]
            text = "\n\n".join(parts)
            yield f"unlabelled-{number}", True, parse_bytes(text.encode(), name=f"{number}.txt", params={})
