"""The proposals of a field of the type `means`: one for each group's mean of a table or sentence, with its place."""

from __future__ import annotations

from collections.abc import Sequence

from vivex.annotation import Annotation, evidence
from vivex.codebook import Field
from vivex.extract.means.found_means import FoundMean
from vivex.extract.means.from_sentences import means_in_sentences
from vivex.extract.means.from_tables import means_in_tables
from vivex.extract.reading import Reading, told
from vivex.group_means import show_mean

VERSION = "1"
MOST = 400  # values of a paper; a table of more is no form's
QUOTES = 3  # places kept for a value: its cell, and where error and number of animals are told
_SURE = {"table": 0.95, "sentence": 0.7}  # probability that a value is right; without an error's type a little less


def propose_means(reading: Reading, field: Field) -> list[Annotation]:
    """Return the proposals for a field of means, those of tables first; a value that stands twice is one."""
    found: dict[str, list[FoundMean]] = {}
    known = known_groups(reading)
    for mean in [*means_in_tables(reading.document, known), *means_in_sentences(reading, known)]:
        found.setdefault(show_mean(mean.said), []).append(mean)
    return [_proposal(reading, field, value, means) for value, means in list(found.items())[:MOST]]


def known_groups(reading: Reading) -> frozenset[str]:
    """Return the names of the paper's experimental groups in lower case, as mentions outside its tables give them."""
    names = set()
    for mention in reading.mentions.get("group", ()):
        block = reading.document.block_at(mention.evidence[0].start)
        value = told(mention) if block is None or block.kind != "table" else {}
        names |= {" ".join(str(value[key]).lower().split()) for key in ("normal", "text", "short") if value.get(key)}
    return frozenset(names)


def _proposal(reading: Reading, field: Field, value: str, means: Sequence[FoundMean]) -> Annotation:
    places = list(dict.fromkeys(place for mean in means for place in mean.places))
    sure = _SURE[means[0].way] - (0.0 if means[0].said.error_type else 0.1)
    return Annotation(
        study=reading.document.study,
        label=field.label,
        value=value,
        evidence=tuple(evidence(reading.document, start, end) for start, end in places[:QUOTES]),
        source=f"fields:means@{VERSION}",
        confidence=round(sure, 3),
    )
