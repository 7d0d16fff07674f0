"""Write annotations/ of the example review: what two reviewers (mk, ab) and an adjudicator (rd) state about its
articles.

    python examples/annotate.py [--review .]

Reads examples/reviewers/<study>.yaml and the parsed papers, and anchors every quote in them; run it again after the
parser changed. A quote that a paper does not hold is an error. People would use `vivex assign`, `vivex import` and
`vivex adjudicate` for this.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation, Evidence, evidence, find_quote
from vivex.codebook import NOT_REPORTED
from vivex.document import Document
from vivex.parse import parse_file
from vivex.people.assign import Assignment, record
from vivex.people.store import ADJUDICATED, Session, Statement, update, write_statement
from vivex.review import Review

HERE = Path(__file__).resolve().parent
UNMARKED = ("reference", "header", "footer", "other")  # kinds of block without mentions
MODELS = "vivex 0.1.0"  # what the pre-filled forms were filled by


def quoted(document: Document, quotes: Sequence[str]) -> tuple[Evidence, ...]:
    """Return evidence for quotes; raise ValueError where the paper does not hold one."""
    places = []
    for quote in quotes:
        place = find_quote(quote, document)
        if place is None:
            raise ValueError(f"{document.study}: the paper does not hold {quote!r}")
        places.append(place)
    return tuple(places)


def answers(document: Document, content: Mapping[str, Any], source: str) -> Iterator[Annotation]:
    """Yield the form values, judgements and statements of one reviewer."""
    study = document.study
    for name, values in content["form"].items():
        for value, quote in values:
            yield Annotation(study, f"form.{name}", value, quoted(document, [quote]), source, decision="added")
        if not values:
            yield Annotation(study, f"form.{name}", NOT_REPORTED, (), source, decision="added")
    for item, (judgement, note, *quotes) in content["syrcle"].items():
        value = {"judgement": judgement}
        yield Annotation(study, f"syrcle.{item}", value, quoted(document, quotes), source, decision="added", note=note)
    for item, (reported, *quotes) in content["reporting"].items():
        value = {"reported": reported}
        yield Annotation(study, f"reporting.{item}", value, quoted(document, quotes), source, decision="added")


def occurrences(document: Document, wordings: Sequence[str]) -> list[tuple[int, int]]:
    """Return the spans of all wordings in text order; where two overlap, the longer one stands."""
    found = set()
    kinds = {k for b in document.blocks if b.kind in UNMARKED for k in range(b.start, b.end)}
    for wording in wordings:
        parts = re.split(r"\[\[|\]\]", wording if "[[" in wording else f"[[{wording}]]")
        pattern = "".join(f"({_loose(part)})" if n % 2 else _loose(part) for n, part in enumerate(parts))
        for match in re.finditer(r"(?<![\w\-])" + pattern + r"(?!\w)", document.text):
            found |= {match.span(g) for g in range(1, (match.re.groups or 0) + 1)}
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if start not in kinds and all(end <= a or start >= b for a, b in spans):
            spans.append((start, end))
    return sorted(spans)


def _loose(text: str) -> str:
    """Return a pattern for the words however they were broken over lines."""
    return re.sub(r"\\-", r"-?\\s?", re.sub(r"(\\ )+", r"\\s+", re.escape(text)))


def mentions(document: Document, content: Mapping[str, Any], source: str) -> Iterator[Annotation]:
    """Yield the mentions that one reviewer marked."""
    for label, wordings in content.get("entities", {}).items():
        for start, end in occurrences(document, wordings):
            text = document.text[start:end]
            value = {"text": text, "normal": content["normal"].get(text, text)}
            yield Annotation(document.study, label, value, (evidence(document, start, end),), source, decision="added")


def second(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the second reviewer states: the first one's answers with the differences written over them."""
    other = {part: {**content[part], **content["ab"].get(part, {})} for part in ("form", "syrcle", "reporting")}
    changes = content.get("ab_entities", {})
    other["entities"] = {
        label: [w for w in wordings if w not in changes.get(label, {}).get("without", ())]
        + changes.get(label, {}).get("with", [])
        for label, wordings in content.get("entities", {}).items()
    }
    return {**other, "normal": content.get("normal", {})}


def prefilled(decisions: Sequence[Annotation], content: Mapping[str, Any], document: Document) -> list[Annotation]:
    """Return the decisions as those on a pre-filled form: most accepted, some edited, added or rejected."""
    from dataclasses import replace

    told = content["decisions"]
    out = []
    for a in decisions:
        kind = "edited" if a.label in told["edited"] else "added" if a.label in told["added"] else "accepted"
        out.append(replace(a, decision=kind))
    for label, values in told["rejected"].items():
        for value, quote in values:
            source = decisions[0].source
            out.append(Annotation(document.study, label, value, quoted(document, [quote]), source, decision="rejected"))
    return out


def statements(document: Document, content: Mapping[str, Any]) -> list[Statement]:
    """Return what everybody states about one study."""
    from dataclasses import replace

    made: dict[str, list[Annotation]] = {}
    for reviewer, view in (("mk", {**content, "normal": content.get("normal", {})}), ("ab", second(content))):
        source = f"reviewer:{reviewer}"
        made[reviewer] = [*answers(document, view, source), *mentions(document, view, source)]
        if not content["blind"][reviewer]:
            made[reviewer] = prefilled(made[reviewer], content, document)
    out = []
    for reviewer, decisions in made.items():
        blind = content["blind"][reviewer]
        session = Session("", "", blind, "" if blind else MODELS)
        out.append(update(Statement(document.study, reviewer), decisions, session))
    settled = []
    for label, winner in content.get("adjudicated", {}).get("take", {}).items():
        note = content["adjudicated"].get("note", {}).get(label, "")
        source = f"adjudicator:{content['adjudicated']['by']}"
        for a in made[winner]:
            if a.label == label and a.decision != "rejected":
                decided = replace(a, source=source, decision="accepted", revises=a.id, note=note or a.note)
                settled.append(decided)
    if settled:
        out.append(update(Statement(document.study, ADJUDICATED), settled, Session("", "", False)))
    return out


def main() -> int:
    import yaml

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--review", type=Path, default=HERE.parent)
    options = parser.parse_args()
    review = Review(options.review)
    handed = []
    for path in sorted((HERE / "reviewers").glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        document = parse_file(review.pdfs / f"{path.stem}.pdf")
        try:
            for statement in statements(document, content):
                write_statement(review, statement)
                print(f"{path.stem}/{statement.reviewer}: {len(statement.decisions)} decisions")
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        handed += [Assignment(path.stem, reviewer, blind) for reviewer, blind in content["blind"].items()]
    record(review, handed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
