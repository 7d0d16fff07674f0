"""Features of sentences, of candidates where they stand, and of a value over the whole paper."""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from vivex.extract.mentioned import ALTERED
from vivex.extract.phrases import STOP, Token
from vivex.extract.reading import ANIMAL, ANIMALS, Candidate, Line, Reading, spaced
from vivex.extract.surroundings import around
from vivex.numerals import ONES
from vivex.quantities import canonical, read, show

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.float32]

FIELDS = (
    "species strain sex age weight n_total n_per_group groups disease_model induction intervention comparator dose "
    "route frequency duration outcomes mirna target_gene main_result"
).split()
WIDTH = 1 << 14  # buckets of hashed features
_DIGITS = re.compile(r"\d+")
_IN_VITRO = re.compile(
    r"\bin vitro\b|\bcell lines?\b|\bcultured?\b|\btransfect|\bHEK|\bwells?\b"
    r"|\bbuffer|\bantibod|\bincubat|\bPCR\b|\bprimers?\b",
    re.IGNORECASE,
)
_ANAESTHESIA = re.compile(
    r"an(?:a)?esthe|pentobarbit|ketamine|xylazine|isoflurane|euthan|sacrific|analges|buprenorphine"
    r"|meloxicam|carprofen|lidocaine|ketoprofen|chloral hydrate|urethane",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\bet al\b|previous(?:ly)? (?:stud|report|shown)|has been (?:shown|reported)|have (?:shown|reported)",
    re.IGNORECASE,
)
ROLES = ("title", "abstract", "introduction", "methods", "results", "discussion", "caption", "other")


@functools.lru_cache(maxsize=1 << 17)
def bucket(feature: str) -> int:
    """Return the hashed column of a feature's name."""
    return zlib.crc32(feature.encode("utf-8", "surrogatepass")) % WIDTH


def shape(word: str) -> str:
    """Return the word with its numbers made one symbol."""
    return word if word.isalpha() else _DIGITS.sub("0", word)


def place(line: Line) -> str:
    """Return the part of the paper that the line stands in, one of ROLES."""
    if line.kind in ("title", "caption"):
        return line.kind
    return line.role if line.role in ROLES else "other"


def line_flags(line: Line, topic: frozenset[str]) -> list[str]:
    """Return what a line's place, kind of content and words in common with the title say, as feature names."""
    part = place(line)
    shared = len(topic & {w for _, _, w in line.words})
    flags = [f"r:{part}", f"p:{int(line.place * 10)}", f"q:{part}:{int(line.within * 4)}", f"o:{part}:{min(4, shared)}"]
    flags += [f"h:{w}" for w in re.findall(r"[a-z]{3,}", line.heading)[:8]]
    for name, pattern in (("animal", ANIMAL), ("vitro", _IN_VITRO), ("anaesthesia", _ANAESTHESIA), ("cited", _CITED)):
        if pattern.search(line.text):
            flags += [f"f:{name}", f"f:{name}:{part}"]
    return flags


def line_features(line: Line, flags: Sequence[str]) -> list[int]:
    """Return the hashed columns of a sentence: its words, pairs of words and place."""
    words = [shape(w) for _, _, w in line.words[:80]]
    names = {f"w:{w}" for w in words} | {f"b:{a} {b}" for a, b in itertools.pairwise(words)} | {f"s:{f}" for f in flags}
    return sorted({bucket(n) for n in names})


def candidate_features(
    candidate: Candidate,
    line: Line,
    flags: Sequence[str],
    levels: Sequence[str],
    marked: Sequence[tuple[int, int, str]] = (),
) -> list[int]:
    """Return the hashed columns of a candidate: words, neighbours, pattern, sentence, and the mentions it meets."""
    before: list[str] = []
    inside: list[str] = []
    after: list[str] = []
    begin, end = candidate.start - line.start, candidate.end - line.start
    for start, stop, word in _window(line.words, begin, end):
        (before if stop <= begin else after if start >= end else inside).append(shape(word))
    names = {f"way:{candidate.way}", f"len:{min(len(inside), 12)}", *levels}
    names |= {f"i:{w}" for w in inside[:40]} | {f"ib:{a} {b}" for a, b in itertools.pairwise(inside)}
    if inside:
        names |= {f"i1:{inside[0]}", f"i9:{inside[-1]}", f"ix:{inside[-1][-4:]}", f"is:{inside[-1][-3:]}"}
    for k, word in enumerate(reversed(before[-4:])):
        names |= {f"l{k}:{word}", f"l:{word}"}
    for k, word in enumerate(after[:4]):
        names |= {f"r{k}:{word}", f"r:{word}"}
    for start, stop, label in marked:
        if start < candidate.end and candidate.start < stop:
            names.add(f"m{'=' if (start, stop) == (candidate.start, candidate.end) else ':'}{label}")
    if before and after:
        names.add(f"lr:{before[-1]} {after[0]}")
    if len(before) > 1:
        names.add(f"ll:{before[-2]} {before[-1]}")
    names.add(f"way:{candidate.way}:{flags[0]}")
    if candidate.purpose:
        names.add(f"for:{candidate.purpose}")
    if candidate.sure:
        names |= {f"sure:{int(candidate.sure * 5)}", f"bound:{bool(candidate.agent)}", f"ruled:{candidate.ruled}"}
    return sorted({bucket(n) for n in names} | _flag_columns(tuple(flags)))


@functools.lru_cache(maxsize=4096)
def _flag_columns(flags: tuple[str, ...]) -> frozenset[int]:
    """Return the hashed columns of a line's flags, the same for each of its candidates."""
    return frozenset(bucket(f"s:{f}") for f in flags)


def _window(words: list[Token], begin: int, end: int) -> list[Token]:
    """Return the tokens of a span with four neighbours on each side."""
    low = bisect.bisect_right(words, begin, key=lambda w: w[1])
    high = bisect.bisect_left(words, end, lo=low, key=lambda w: w[0])
    return words[max(0, low - 4) : high + 4]


def levels(scores: Numbers) -> list[str]:
    """Return a line's sentence scores as coarse feature names."""
    return [f"t{k}:{round(float(v))}" for k, v in enumerate(scores)]


_LINES = {"outcomes": 40, "intervention": 60, "induction": 50, "disease_model": 60, "groups": 70, "main_result": 60}


_GROUPS = 60  # values of a field looked at more closely, by their best candidate


def prune(field: str, candidates: Sequence[Candidate], scores: Numbers) -> list[int]:
    """Return the indices of the candidates that stand in the lines likeliest to be evidence for the field."""
    import numpy as np

    if field not in _LINES:
        return list(range(len(candidates)))
    order = np.argsort(-scores[:, FIELDS.index(field)], kind="stable")[: _LINES[field]]
    kept = set(order.tolist())
    return [i for i, c in enumerate(candidates) if c.line in kept]


@dataclass(frozen=True, slots=True)
class Group:
    """Hold a value's candidates in one paper, best first, with the score of each."""

    field: str
    key: str
    members: tuple[Candidate, ...]
    scores: tuple[float, ...]


_GROUP_ENDS = re.compile(rf"(?:[ ](?:groups?|treated|{ANIMALS})){{1,9}}$", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<![suia])s$")
_COUNTS = {word: str(number) for number, word in enumerate(ONES[1:13], 1)}
_NAMES = ("intervention", "comparator", "groups", "disease_model", "induction", "outcomes")


def key_of(field: str, value: str, aliases: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return what makes two values of a field one: "MET" and "metformin (MET)"; "14 days" and "two weeks"."""
    text = spaced(value).replace("\u03bc", "\u00b5").strip()
    if field == "mirna":
        return re.sub(r"^(?:[a-z]{3} )?(?:micro ?rna|mirna|mir) ?", "mir ", text)
    if field == "target_gene":
        return text.replace(" ", "")
    if field in ("dose", "duration", "age", "weight"):
        quantity = read(_COUNTED.sub(lambda m: _COUNTS[m.group(1)], text) if field == "duration" else value)
        if quantity is not None and quantity.unit:
            return show(canonical(quantity))
        return text
    text = re.sub(r"^(?:the|an?) ", "", text)
    if field not in _NAMES:
        return text
    inner = re.search(r" ?\(([^()]*)\)$", text)
    if inner and (aliases.get(inner.group(1)) or _initials(text[: inner.start()], inner.group(1))):
        text = text[: inner.start()]
    if aliases:
        text = " ".join(aliases.get(word, word) for word in text.split(" "))
    if field in ("groups", "comparator"):
        text = _GROUP_ENDS.sub("", text) or text
    return _PLURAL.sub("", text)


_COUNTED = re.compile(rf"^({'|'.join(_COUNTS)})(?= )")


def _initials(words: str, short: str) -> bool:
    """Tell whether a bracket behind words is their abbreviation."""
    letters = re.sub(r"[^a-z]", "", short)
    return 1 < len(letters) <= 6 and bool(words) and words[0] == letters[0] and len(short) < len(words)


def grouped(
    field: str,
    candidates: Sequence[Candidate],
    scores: Sequence[float],
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> list[Group]:
    """Return the candidates of one field grouped by value, the best first; only the first of many are kept."""
    by_key: dict[str, list[tuple[float, Candidate]]] = defaultdict(list)
    keys: dict[str, str] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        if candidate.value not in keys:
            keys[candidate.value] = key_of(field, candidate.value, aliases) or candidate.value
        by_key[keys[candidate.value]].append((float(score), candidate))
    out = []
    for key, members in by_key.items():
        members.sort(key=lambda m: (-m[0], m[1].start, m[1].end))
        if field in _SHORTENED:
            members[0] = (members[0][0], _in_full(members[0][1], [c for _, c in members], aliases))
        out.append(Group(field, key, tuple(c for _, c in members), tuple(s for s, _ in members)))
    out.sort(key=lambda g: (-g.scores[0], g.members[0].start, g.key))
    return out[:_GROUPS]


_SHORTENED = ("intervention", "disease_model")
_LETTERS = re.compile(r"[^\W_]+")


def _in_full(best: Candidate, members: Sequence[Candidate], aliases: Mapping[str, str]) -> Candidate:
    """Return the best candidate, its name with the abbreviation where the paper uses both: "metformin (MET)"."""
    shorts = [m.value for m in members if m.value.lower() in aliases]
    longs = [m.value for m in members if m.value.lower() not in aliases]
    if not shorts or any(c in best.value for c in "()"):
        return best
    name = longs[0] if longs else aliases[shorts[0].lower()]
    if "(" in name or _LETTERS.findall(name.lower()) == _LETTERS.findall(
        shorts[0].lower()
    ):  # "CHL1-" is no name of CHL1
        return best
    return best if len(name) <= len(shorts[0]) else replace(best, value=f"{name} ({shorts[0]})")


def group_table(groups: Sequence[Group], reading: Reading, line_scores: Numbers, low: str) -> Numbers:
    """Return one row of numbers for each group of a field; `line_scores` is lines by FIELDS, `low` the text."""
    import numpy as np

    if not groups:
        return np.zeros((0, 1), dtype=np.float32)
    column = FIELDS.index(groups[0].field)
    total = sum(len(g.members) for g in groups)
    best = np.array([g.scores[0] for g in groups])
    counts = np.array([len(g.members) for g in groups])
    order = np.argsort(np.argsort(-best, kind="stable"), kind="stable")
    by_count = np.argsort(np.argsort(-counts, kind="stable"), kind="stable")
    title = reading.title.lower()
    opening = [line for line in reading.lines if line.role == "abstract" or line.place < 0.06]
    abstract = " ".join(line.text.lower() for line in opening)
    known = frozenset(word for line in opening for _, _, word in line.words)
    rows: list[list[float]] = []
    for k, group in enumerate(groups):
        lines = sorted({m.line for m in group.members})
        own = line_scores[lines, column]
        top = line_scores[group.members[0].line]
        places = [place(reading.lines[i]) for i in lines]
        text = group.members[0].value.lower()
        scores = np.array(group.scores)
        seen = low.count(text) if len(text) < 60 else 1
        rows.append(
            [
                best[k],
                float(scores.mean()),
                float(scores[1]) if len(scores) > 1 else -9.0,
                float(np.log1p(np.exp(np.clip(scores, -30, 30)).sum())),
                float(np.log1p(len(scores))),
                len(scores) / total,
                float(by_count[k]),
                float(order[k]),
                float(best.max() - best[k]),
                float(len(groups)),
                float(own.max()),
                float(own.mean()),
                float(np.log1p(np.exp(np.clip(own, -30, 30)).sum())),
                float(reading.lines[group.members[0].line].place),
                float(min(reading.lines[i].place for i in lines)),
                float(len(text.split())),
                float(len(text)),
                float(np.log1p(seen)),
                float(text in title),
                float(np.log1p(abstract.count(text))),
                sum(m.way.startswith("mention:") for m in group.members) / len(group.members),
                float(len({m.way for m in group.members})),
                *(float(places.count(role)) for role in ROLES),
                *(float(v) for v in top),
                *_extras(group, reading, known),
            ]
        )
    return np.array(rows, dtype=np.float32)


_CLAIM = tuple(
    re.compile(pattern)
    for pattern in (
        r"significant",
        r"\bp\s*[<=≤]|±",
        r"\b(?:increas|decreas|reduc|improv|attenuat|enhanc|abolish|prevent|protect|impair|lower"
        r"|higher|less|more|suppress|inhibit|rescu|restor)\w*",
        r"\bwe (?:show|found|find|demonstrate|report)|these (?:results|data|findings)"
        r"|(?:our|the) (?:results|data|findings)|suggest|conclu",
        r"\b(?:mice|rats|animals|in vivo)\b",
    )
)
_MARKS = ("outcome", "agent", "model", "gene", "strain", "cell", "dose", "group", "route", "schedule", "species")
_PURPOSES = ("treatment", "induction", "anaesthesia", "test", "measurement", "sampling", "housing")


def _extras(group: Group, reading: Reading, abstract: frozenset[str]) -> list[float]:
    """Return what a value's words and the mentions that it meets say."""
    first = group.members[0]
    line = reading.lines[first.line]
    begin, end = first.start - line.start, first.end - line.start
    words = [w for start, _, w in line.words if begin <= start < end and w[0].isalnum()]
    content = [w for w in words if w not in STOP] or words or [""]
    counts = [math.log1p(reading.frequency[w]) for w in content]
    met: Counter[str] = Counter()
    for member in group.members[:6]:
        met.update({m for a, b, m in reading.marked.get(member.line, ()) if a < member.end and member.start < b})
    looked = min(6, len(group.members))
    dosed = reading.dosed.get(group.key, Counter())
    text = first.value.lower()
    return [
        line.within,
        sum(w in reading.topic for w in content) / len(content),
        sum(w in abstract for w in content) / len(content),
        sum(counts) / len(counts),
        counts[-1],
        min(counts),
        *(met[label] / looked for label in _MARKS),
        max(m.sure for m in group.members),
        sum(m.sure for m in group.members[:6]) / looked,
        sum(m.ruled for m in group.members) / len(group.members),
        sum(bool(m.agent) for m in group.members) / len(group.members),
        sum(bool(m.group) for m in group.members) / len(group.members),
        math.log1p(sum(dosed.values())),
        math.log1p(dosed["induction"]),
        math.log1p(dosed["treatment"]),
        *(sum(m.purpose == name for m in group.members) / len(group.members) for name in _PURPOSES),
        *(float(bool(p.search(text))) for p in _CLAIM),
        *around(group.members[:6], reading),
        float(any(text in heading for heading in reading.headings)),
        float(bool(ALTERED.search(first.value))),
    ]


def saliency(rows: Numbers) -> Numbers:
    """Return how likely a microRNA is one that the paper studies: named in the title or abstract, or often.

    Too few annotated papers study one for trees to be trained; the weights were set by hand.
    """
    import numpy as np

    log_count, share, title, abstract = rows[:, 4], rows[:, 5], rows[:, 18], rows[:, 19]
    against = 3.4 - 2.5 * title - 1.7 * np.minimum(abstract, 1.1) - 0.9 * log_count - 2.5 * share
    probability: Numbers = 1 / (1 + np.exp(against))
    return probability
