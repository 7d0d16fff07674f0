"""Read the annotated passages: which are learnt from, which are set aside, and the fold that each is left out in."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train_ner.corpora import TRAINED, Example, example_of, rows_of
from unlabelled import FILE, papers_in, study_of
from vivex.headings import role_of
from vivex.recognize.tagger.name_lists import load_lexicon, match
from vivex.recognize.tagger.proposals import proposals
from vivex.recognize.tagger.word_clusters import load_vocabulary
from vivex.recognize.tagger.word_features import columns, proposed_codes

ASIDE_FILE = "passages-2.jsonl"  # annotated after the models of 0.1.0 were made; a fifth of its papers is only scored
ALWAYS = -1  # fold of passages that are in every training: the model that training begins from has read them
OWN = -2  # fold of passages written for this project: in every training, never scored
TAUGHT = -3  # fold of most of the marked passages: likewise
OWN_FILE = Path(__file__).parent / "own_passages.jsonl"
MARKED_FILE = Path(__file__).parent / "marked_passages.jsonl"  # passages of unlabelled papers, marked for this project


@dataclass(frozen=True)
class Gold:
    """Hold the passages: ids, examples, section roles, folds and files, and the columns of their words."""

    pids: tuple[str, ...]
    examples: tuple[Example, ...]
    roles: tuple[str, ...]
    folds: tuple[int, ...]
    files: tuple[str, ...]
    columns: tuple[Any, ...]

    def tags(self, index: int) -> Any:
        """Return int8 [words, labels] of a passage."""
        import numpy as np

        made = self.examples[index]
        missing = [-1] * len(made.words)
        return np.array([made.tags.get(label, missing) for label in TRAINED], dtype=np.int8).T

    def judged(self) -> list[int]:
        """Return the passages that a model is scored on which has not seen their paper."""
        return [i for i, fold in enumerate(self.folds) if fold >= 0]

    def new_without(self, left_out: int) -> tuple[list[int], list[int]]:
        """Return what a model hasn't read that is moved onward, without a fold: annotated passages, and our own."""
        new = [i for i, fold in enumerate(self.folds) if fold == TAUGHT or (fold >= 0 and fold != left_out)]
        return new, [i for i, fold in enumerate(self.folds) if fold == OWN]


def set_aside(study: str) -> bool:
    """Tell whether a paper of ASIDE_FILE is in the fifth that nobody reads and that is only ever scored."""
    return zlib.crc32(study.encode()) % 5 == 0


def role_of_path(section: str) -> str:
    """Return the role that the headings of "Methods > Animals" announce, the outermost that announces one."""
    return next((role for part in section.split(">") if (role := role_of(part.strip()))), "other")


def fold_numbers(units: Sequence[str], folds: int) -> tuple[int, ...]:
    """Return the fold of each unit: units in the order of their hash, dealt out in turn."""
    order = sorted(set(units), key=lambda u: (zlib.crc32(u.encode()), u))
    number = {u: i % folds for i, u in enumerate(order)}
    return tuple(number[u] for u in units)


def read_passages(
    config: Mapping[str, Any], shared: Path, work: Path, *, aside: bool = False, begun: bool = False
) -> Gold:
    """Read the annotated passages with their folds and columns: those to learn from and our own, or those set aside.

    `begun`: training begins from a model that has read the files of `config["read_before"]`.
    """
    import numpy as np

    read: list[tuple[str, Mapping[str, Any]]] = []
    for name in config["gold"]:
        rows = rows_of(shared / "gold" / name)
        read += [(name, row) for row in rows if (name == ASIDE_FILE and set_aside(row["study_id"])) == aside]
    if not aside:
        read += [(OWN_FILE.name, row) for row in rows_of(OWN_FILE)]
        read += [(MARKED_FILE.name, row) for row in marked(shared)]
    files = [name for name, _ in read]
    texts = [str(row["text"]) for _, row in read]
    examples = tuple(example_of(row) for _, row in read)
    roles = tuple(role_of_path(row["section"]) for _, row in read)
    tables, vocabulary = load_lexicon(work / "lexicon.npz"), load_vocabulary(work / "vocabulary.tsv.gz")
    proposed = [proposed_codes(e.words, proposals(text, TRAINED), TRAINED) for e, text in zip(examples, texts)]
    listed = [match(e.words, tables) for e in examples]
    made = columns([e.words for e in examples], roles, proposed, listed, vocabulary, {})
    cuts = np.cumsum([len(e.words) for e in examples])[:-1]
    known = {OWN_FILE.name: OWN} | dict.fromkeys(config["read_before"] if begun else (), ALWAYS)
    units = [e.unit for n, e in zip(files, examples) if n not in known and n != MARKED_FILE.name]
    dealt = iter(fold_numbers(units, config["folds"]))
    folds = tuple(
        known[n] if n in known else fold_by_hash(e.unit, config["folds"]) if n == MARKED_FILE.name else next(dealt)
        for n, e in zip(files, examples)
    )
    pids = tuple(str(row["pid"]) for _, row in read)
    return Gold(pids, examples, roles, folds, tuple(files), tuple(np.split(made, cuts)))


def marked(shared: Path) -> list[dict[str, Any]]:
    """Return the passages that we marked in unlabelled papers, with their texts, which only the shared folder has.

    A line of MARKED_FILE names the paper, the number of the section's paragraph, where in it the passage begins and
    ends (characters), the CRC of its text, and its spans. Raises ValueError where the text is another.
    """
    lines = rows_of(MARKED_FILE)
    wanted = {line["study_id"] for line in lines}
    papers = {study_of(p): p["sections"] for p in papers_in(shared / FILE) if study_of(p) in wanted}
    out = []
    for line in lines:
        start, end = line["place"]
        section, paragraph = papers[line["study_id"]][line["paragraph"]]
        text = paragraph[start:end]
        if zlib.crc32(text.encode()) != line["crc"]:
            raise ValueError(f"{MARKED_FILE.name}: {line['pid']} isn't the text that was marked")
        out.append({**line, "section": section, "text": text})
    return out


def fold_by_hash(unit: str, folds: int) -> int:
    """Return the fold of a marked paper: two of three are in every training.

    It hangs on the paper's name alone, so that it stays when further papers are marked.
    """
    number = zlib.crc32(unit.encode()) % (3 * folds)
    return number if number < folds else TAUGHT
