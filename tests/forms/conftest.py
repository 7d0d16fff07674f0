"""Papers made for the tests: a typeset PDF, its document, proposals and judgements."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, to_json
from vivex.annotation import evidence as at
from vivex.codebook import Codebook, Field
from vivex.document import Block, Document, Fragment, Page, Section, sha256
from vivex.paper import Failure, Paper

LINES = (
    ("Exosomes with miR-140-5p in a made-up arthritis study", "title"),
    ("Adult male Wistar rats (n = 24) were bought from a breeder.", "paragraph"),
    ("They were divided by a table of random numbers into four groups.", "paragraph"),
    ("Exosomes were injected at 40 µg/kg into the knee once a week.", "paragraph"),
    ("The scorer did not know the groups. miR-140-5p was raised and SEPTIN2 fell.", "paragraph"),
    ("Housing: 22 °C and 12 h of light; the expression was high (p < 0.05).", "paragraph"),
)


def typeset(folder: Path, study: str, *, rotation: int = 0) -> tuple[Path, Document]:
    """Write a one-page PDF of LINES and return it with its document."""
    import pymupdf

    font = pymupdf.Font("helv")
    text, blocks, fragments = "", [], []
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=595, height=842)
        for number, (line, kind) in enumerate(LINES):
            x, y, size = 60.0, 100.0 + 24 * number, 11.0
            page.insert_text((x, y), line, fontsize=size, fontname="helv")
            edges = [x]
            for character in line:
                edges.append(edges[-1] + font.text_length(character, size))
            fragments.append(
                Fragment(
                    len(text), len(text) + len(line), 1, (x, y - 9, edges[-1], y + 3), tuple(round(e, 1) for e in edges)
                )
            )
            blocks.append(Block(kind, len(text), len(text) + len(line), 0 if number else None))
            text += line + "\n"
        page.set_rotation(rotation)
        data = pdf.tobytes(no_new_id=True)
    path = folder / f"{study}.pdf"
    path.write_bytes(data)
    document = Document(
        study,
        text,
        tuple(blocks),
        (Section(("Methods", "Animals"), "methods"),),
        tuple(fragments),
        (Page(1, 595, 842, rotation),),
        source_format="pdf",
        pdf_sha256=sha256(data),
        parser="test@1",
        meta={"year": "2024"},
    )
    return path, document


def quote(document: Document, words: str):
    """Return evidence for the words."""
    start = document.text.index(words)
    return at(document, start, start + len(words))


def entry(document: Document, value: str, words: str, *, confidence: float = 0.8, group: str = "") -> dict:
    """Return one value of a form record."""
    evidence = to_json(Annotation("", "gene", "", (quote(document, words),)))["evidence"]
    return {"value": value, "evidence": evidence, "confidence": confidence, "status": "extracted"} | (
        {"group": group} if group else {}
    )


NOTHING = {"value": "not reported", "evidence": [], "confidence": 0.6, "status": "not_reported"}


def make_paper(folder: Path, study: str, *, rotation: int = 0) -> Paper:
    """Return a paper with proposals, judgements and mentions."""
    path, d = typeset(folder, study, rotation=rotation)
    fields = {
        "species": [entry(d, "rat", "Wistar rats")],
        "sex": [entry(d, "male", "Adult male Wistar rats")],
        "n_total": [entry(d, "24", "n = 24")],
        "age": [NOTHING],
        "dose": [
            entry(d, "40 µg/kg", "Exosomes were injected at 40 µg/kg", confidence=0.4),
            entry(d, "=1+1", "n = 24"),
        ],
        "mirna": [entry(d, "miR-140-5p", "miR-140-5p was raised"), entry(d, "-181b", "miR-140-5p")],
        "target_gene": [entry(d, "SEPTIN2", "SEPTIN2 fell")],
    }
    judgements = []
    for item in SYRCLE_ITEMS:
        value, evidence = "unclear", ()
        if item == "sequence_generation":
            value, evidence = "low", (quote(d, "divided by a table of random numbers"), quote(d, "four groups"))
        if item == "other_bias":
            value = "high"
        judgements.append(
            Annotation(
                study, f"syrcle.{item}", {"judgement": value, "rule": f"rule of {item}"}, evidence, "model:rob@0", 0.7
            )
        )
    for item in REPORTING_ITEMS:
        found = (quote(d, "Housing: 22 °C"),) if item == "temperature_or_housing" else ()
        judgements.append(Annotation(study, f"reporting.{item}", {"reported": bool(found)}, found, "model:rob@0", 0.9))
    mentions = tuple(
        Annotation(study, label, {"text": words, "normal": words}, (quote(d, words),), "grammar:x@1", 0.9)
        for label, words in (("mirna", "miR-140-5p"), ("gene", "SEPTIN2"), ("dose", "40 µg/kg"), ("species", "rats"))
    )
    record = {"form": "made-up", "study": study, "fields": fields}
    return Paper(d, mentions, tuple(judgements), record, path)


@pytest.fixture(scope="session")
def made():
    """Return the function that makes a paper in a folder."""
    return make_paper


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return Codebook(
        "made-up",
        (
            Field("species", "Which species?", labels=("species",), table="animals", many=False),
            Field("sex", "Which sex?", "category", ("male", "female", "both"), table="animals", many=False),
            Field("n_total", "How many animals?", "number", table="animals", many=False),
            Field("age", "How old?", table="animals", many=False),
            Field("dose", "Which doses?", labels=("dose",), table="treatment"),
            Field("mirna", "Which microRNAs?", labels=("mirna",), table="treatment"),
            Field("target_gene", "Which targets?", labels=("gene",), table="treatment"),
        ),
        title="A made-up form",
    )


@pytest.fixture(scope="session")
def papers(tmp_path_factory) -> list[Paper]:
    folder = tmp_path_factory.mktemp("pdfs")
    return [make_paper(folder, "Abel 2020"), make_paper(folder, "Babel-2021")]


@pytest.fixture(scope="session")
def failures() -> list[Failure]:
    return [
        Failure("scan", "scan.pdf", "no text", "run OCR on it"),
        Failure("x", "<img src=x>.pdf", "broken", "get it again"),
    ]
