"""Which question of another program is which of ours, whose names are whose: proposed, kept in a file, corrected.

questions:                                    # of theirs -> a label of ours; empty: not asked here
  "Item 1 – Selection bias: Sequence generation": syrcle.sequence_generation
answers:                                      # by label: their words -> ours; empty: no answer
  syrcle.sequence_generation: {"Yes": low, "No": high}
reviewers: {"Ann Ode": ao}
studies: {"7c1e…": ode-2019}                  # theirs -> the paper's name here; empty: not in this review
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import Answer, Brought
from vivex.files import write_text
from vivex.questions import Question, UnreadableAnswer
from vivex.references import Reference, normal_title
from vivex.yaml_files import read_yaml

PARTS = ("questions", "answers", "reviewers", "studies")
HEAD = """\
# What {file} calls things, and what they are here. Written by vivex as a first proposal: look it over, correct it, and
# import the file again. A question or study left empty ("") is passed over; an answer left empty is none.
"""
_ITEM = re.compile(r"\bitem\s*(\d{1,2})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOPS = frozenset(
    "the was were are and for did does with from that this what which who how has have been any all study studies "
    "report reported reporting reports item mention mentioned given paper bias risk".split()
)
_ENOUGH = 0.5  # share of a question's words that ours must hold
_YES_NO = {"yes": "low", "no": "high", "unclear": "unclear", "not reported": "unclear", "unknown": "unclear"}
_CODES = {"888": "", "999": ""}  # SyRF's numbers for what doesn't apply or isn't known


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Hold what another program's questions, answers, people and studies are here."""

    questions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reviewers: Mapping[str, str] = field(default_factory=dict)
    studies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """Hold an answer as ours: study, label, value, who; `problem` says why there is no value."""

    answer: Answer
    study: str
    label: str
    reviewer: str
    value: object = None
    problem: str = ""


# -- proposing


def propose(
    brought: Brought, asked: Mapping[str, Question], known: Mapping[str, Reference], reviewer: str = ""
) -> Correspondence:
    """Return what a file's names most likely are; what has no likely counterpart is empty."""
    questions = {q: likely(q, asked) for q in dict.fromkeys(a.question for a in brought.answers)}
    answers: dict[str, dict[str, str]] = {}
    for a in brought.answers:
        label = questions[a.question]
        word = _word_for(a.answer, asked[label]) if label else None
        if word is not None:
            answers.setdefault(label, {})[a.answer] = word
    return Correspondence(
        questions,
        answers,
        _initials(dict.fromkeys(a.reviewer for a in brought.answers if a.reviewer), reviewer),
        {study: study_of(study, brought.studies.get(study), known) for study in dict.fromkeys(_studies(brought))},
    )


def _studies(brought: Brought) -> Iterable[str]:
    return (a.study for a in brought.answers)


def likely(question: str, asked: Mapping[str, Question]) -> str:
    """Return the label of the question of ours that asks the same; "" where none surely does."""
    for label, ours in asked.items():
        if normal_title(question) in (normal_title(ours.wording), normal_title(ours.name)) or question == label:
            return label
    number = _ITEM.search(question)
    words = _stems(question)
    best, score = "", 0.0
    for label, ours in asked.items():
        mine = _stems(f"{ours.name} {ours.wording} {ours.bias}")
        value = len(words & mine) / len(words) if words else 0.0
        if number is not None and ours.number:
            value += 1 if int(number[1]) == ours.number and words & mine else -1
        elif number is not None:
            value -= 1
        if value > score:
            best, score = label, value
    return best if score >= _ENOUGH else ""


def _stems(text: str) -> set[str]:
    """Return the beginnings of the words that mean something: "randomised" and "random" begin alike."""
    return {word[:5] for word in map(str.casefold, _WORD.findall(text)) if word not in _STOPS}


def _word_for(answer: str, question: Question) -> str | None:
    """Return our word for an answer that isn't one here as it stands; None where it is, or none is known."""
    try:
        question.parse(answer)
    except UnreadableAnswer:
        found = {**_CODES, **(_YES_NO if question.number else {})}
        return found.get(answer.strip().casefold())
    return _CODES.get(answer.strip()) if answer.strip() in _CODES else None


def _initials(names: Iterable[str], given: str) -> dict[str, str]:
    """Return a short name for each person, none twice."""
    found: dict[str, str] = {}
    for name in names:
        letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name)).lower() or given or "r"
        short = next(n for k in range(1, 99) if (n := letters if k == 1 else f"{letters}{k}") not in found.values())
        found[name] = short
    return found


def study_of(theirs: str, reference: Reference | None, known: Mapping[str, Reference]) -> str:
    """Return our study by the id that we gave it, by DOI, then by title; "" where none is surely it."""
    if theirs in known:
        return theirs
    if reference is None:
        return ""
    if reference.key in known:
        return reference.key
    title = normal_title(reference.title)
    by_doi = [study for study, ref in known.items() if reference.doi and ref.doi == reference.doi]
    by_title = [study for study, ref in known.items() if len(title) > 20 and normal_title(ref.title) == title]
    found = by_doi or by_title
    return found[0] if len(found) == 1 else ""


# -- kept


def write(path: Path, of: Correspondence, file: str) -> None:
    """Write a mapping to be looked over."""
    lines = [HEAD.format(file=file), "questions:\n", *(_line(2, q, label) for q, label in of.questions.items())]
    lines += ["answers:\n"]
    for label, words in of.answers.items():
        lines += [f"  {label}:\n", *(_line(4, theirs, ours) for theirs, ours in words.items())]
    for part, names in (("reviewers", of.reviewers), ("studies", of.studies)):
        lines += [f"{part}:\n", *(_line(2, theirs, ours) for theirs, ours in names.items())]
    write_text(path, "".join(lines))


def _line(indent: int, theirs: str, ours: str) -> str:
    return f"{' ' * indent}{_quoted(theirs)}: {_quoted(ours)}\n"


def _quoted(text: str) -> str:
    """Return a text in YAML's double quotes; characters that don't print are written by their number."""
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in json.dumps(text, ensure_ascii=False))


def read(path: Path, asked: Collection[str]) -> Correspondence:
    """Read a mapping; raise MalformedFile that names the entry which is wrong."""
    data = read_yaml(path.read_bytes(), where=str(path), as_written=True) or {}
    if not isinstance(data, dict) or set(data) - set(PARTS):
        unknown = sorted(map(str, set(data) - set(PARTS))) if isinstance(data, dict) else ["its first line"]
        raise MalformedFile(f"{path}: {unknown[0]!r} is no part of a mapping; known: {', '.join(PARTS)}")
    found: dict[str, dict[str, str]] = {}
    for part in ("questions", "reviewers", "studies"):
        found[part] = _words(data.get(part), f"{path}: {part}")
    given = data.get("answers") or {}
    if not isinstance(given, dict):
        raise MalformedFile(f"{path}: answers must name a label and, beneath it, their words with ours")
    answers = {str(label): _words(words, f"{path}: answers: {label}") for label, words in given.items()}
    for label in (*found["questions"].values(), *answers):
        if label and label not in asked:
            raise MalformedFile(f"{path}: {label!r} is no question of this review; known: {', '.join(asked)}")
    return Correspondence(found["questions"], answers, found["reviewers"], found["studies"])


def _words(data: object, where: str) -> dict[str, str]:
    if data in (None, "", {}):
        return {}
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise MalformedFile(f'{where} must hold lines of the form "theirs": ours')
    return {str(key): str(value).strip() for key, value in data.items()}


def completed(kept: Correspondence, proposed: Correspondence) -> Correspondence:
    """Return a kept mapping with what only a newer file names added as it is proposed."""
    return replace(
        kept,
        questions={**proposed.questions, **kept.questions},
        reviewers={**proposed.reviewers, **kept.reviewers},
        studies={**proposed.studies, **{study: ours for study, ours in kept.studies.items() if ours}},
    )


# -- applied


def told(
    answers: Sequence[Answer], of: Correspondence, asked: Mapping[str, Question], *, reviewer: str = ""
) -> list[Told]:
    """Return the answers as ours; those to questions or studies that are not ours are left out."""
    found = []
    for a in answers:
        study, label = of.studies.get(a.study, ""), of.questions.get(a.question, "")
        if not (study and label in asked):
            continue
        who = of.reviewers.get(a.reviewer, "") if a.reviewer else reviewer
        words = of.answers.get(label, {}).get(a.answer)
        if words == "" or not a.answer.strip():
            continue
        try:
            value = asked[label].parse(a.answer if words is None else words)
        except UnreadableAnswer as error:
            found.append(Told(a, study, label, who, problem=str(error)))
        else:
            found.append(Told(a, study, label, who, value))
    return found
