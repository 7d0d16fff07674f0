"""A small review with machine output, shared by the tests of people, learning and agreement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, evidence, find_quote, write_annotations
from vivex.codebook import template, template_path
from vivex.document import Document, write_document
from vivex.parse.text import parse_text
from vivex.review import Review

TEXT = """Title of the fictitious paper {name}

Methods

Twenty male Wistar rats received miR-21-5p agomir at 10 mg/kg by tail vein injection. Rats were randomly divided into \
two groups.
The observer who scored the sections did not know the group of the animal.

Results

Infarct volume fell by a third in the treated rats. Three animals died before the end and were left out.
"""
MACHINE = "grammar:test@1"


def write_study(review: Review, study: str) -> Document:
    """Write a study's document and machine output as the stages would."""
    document = parse_text(TEXT.format(name=study).encode(), study=study, params={})
    write_document(document, review.outputs / "documents" / f"{study}.json")
    judgements = [
        Annotation(
            study,
            f"syrcle.{i}",
            {"judgement": "unclear", "probability": {"low": 0.3, "high": 0.1, "unclear": 0.6}},
            (),
            MACHINE,
            0.6,
        )
        for i in SYRCLE_ITEMS
    ]
    judgements += [Annotation(study, f"reporting.{i}", {"reported": False}, (), MACHINE, 0.7) for i in REPORTING_ITEMS]
    write_annotations(judgements, review.outputs / "judgements" / f"{study}.jsonl")
    at = document.text.index("Wistar")
    strain = Annotation(
        study, "strain", {"text": "Wistar", "normal": "Wistar"}, (evidence(document, at, at + 6),), MACHINE, 0.9
    )
    write_annotations([strain], review.outputs / "mentions" / f"{study}.jsonl")
    fields: dict[str, list] = {
        f.name: [{"value": "not reported", "evidence": [], "confidence": None, "status": "not_reported"}]
        for f in template("invivo").fields
    }
    for name, value, quote in (
        ("species", "rat", "Wistar rats"),
        ("dose", "10 mg/kg", "at 10 mg/kg"),
        ("sex", "male", "male Wistar rats"),
    ):
        found = find_quote(quote, document)
        proof = {
            "start": found.start,
            "end": found.end,
            "quote": found.quote,
            "prefix": found.prefix,
            "suffix": found.suffix,
        }
        fields[name] = [
            {"value": value, "evidence": [proof], "confidence": 0.8, "status": "proposed", "source": MACHINE}
        ]
    path = review.outputs / "forms" / f"{study}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"form": "invivo", "study": study, "fields": fields}), encoding="utf-8")
    return document


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Return a review of four studies."""
    review = Review(tmp_path / "review")
    review.annotations.mkdir(parents=True)
    review.codebook.write_bytes(template_path("invivo").read_bytes())
    for study in ("ames-2019", "bell-2020", "cole-2021", "dale-2022"):
        write_study(review, study)
    return review
