"""The small inputs that once went wrong (shared/cases, each with its README), read as they should be.

The kinds have tests of their own beside the modules that mend them; this one holds the cases themselves.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vivex.annotation import Annotation, read_annotations
from vivex.codebook import template_path
from vivex.document import Document, read_document
from vivex.models import shipped
from vivex.pool import Pool
from vivex.stages import run_stage
from vivex.work import Setting

pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.timeout(1800)]  # half a minute of processor
ASKED = {
    "form-dose-numbers": {
        "dose-thousands": {"dose": ["1,250 mg/kg"]},
        "dose-million": {"dose": ["1,000,000 cells"]},
        "dose-decimal-comma": {"dose": ["1,25 mg/kg"]},
        "dose-decimal-comma-zero": {"dose": ["0,125 mg/kg"]},
        "dose-apostrophe-thousands": {"dose": ["1000 IU"]},
        "dose-plus-minus": {"dose": ["25 ± 3 mg/kg"]},
        "dose-sup-units": {"dose": ["50 mg·kg⁻¹·day⁻¹"]},
        "dose-caret-units": {"dose": ["50 mg kg^-1"]},
        "dose-neg-exponent": {"dose": ["10^-7 M"]},
        "dose-per-10g": {"dose": ["0.1 mL/10 g"]},
        "dose-capital-Kg": {"dose": ["5 mg/Kg"]},
    },
    "form-counts-weights": {
        "n-thousands": {"n_total": ["1200"]},
        "n-hundred": {"n_total": ["120"]},
        "weight-middot": {"weight": ["2.5–3 kg"]},
        "weight-space": {"weight": ["1200 g"]},
        "weight-plusminus": {"weight": ["20 ± 2 g"]},
        "freq-times": {"frequency": ["3×/week"]},
    },
    "hard-wrapped-text": {
        "wrapped": {"frequency": ["twice weekly"]},
        "nbsp": {"frequency": ["twice weekly"]},
        "every-other": {"frequency": ["every other day"]},
    },
    "hang-comma-numbers": {"hang": {"dose": ["5 mg/kg"]}, "citations": {"dose": ["5 mg/kg"]}},
    "crash-superscript-range": {
        "range": {"dose": ["10⁵⁻⁶ CFU"]},
        "range-jats": {"dose": ["10⁵⁻⁶ CFU"]},
        "range-pdf": {"dose": ["10⁵⁻⁶ CFU"]},
    },
    "crash-turned-pages": {
        f"turned-{turn}": {"dose": ["5 mg/kg"], "n_per_group": ["10"], "duration": ["4 weeks"]}
        for turn in (90, 180, 270)
    },
    ".": {
        "case02_days_list_before_dose": {"dose": ["10 mg/kg"]},
        "case04_numbers_that_are_not_animals": {"n_total": ["21"], "weight": ["not reported"]},
        "case07_knockout_suffix_on_mirna": {"target_gene": ["Spry2"]},
        "pdf04_signs_in_fonts_of_their_own": {"dose": ["5 µg/kg"], "n_per_group": ["8"]},
    },
}
LEFT_OUT = {
    "stamped-scan": "no text",
    "login": "broken",
    "pdf-named": "unsupported",
    "utf16-no-bom": "unsupported",
}


class Read:
    """Give what was read of each case by the name of its file."""

    def __init__(self, out: Path, left_out: dict[str, str]) -> None:
        self.out, self.left_out = out, left_out

    def form(self, case: str) -> dict[str, list[Any]]:
        """Return the values of a case's form by field."""
        fields = json.loads((self.out / "forms" / f"{case}.json").read_text(encoding="utf-8"))["fields"]
        return {name: [value["value"] for value in values] for name, values in fields.items()}

    def mentions(self, case: str, label: str) -> list[Annotation]:
        """Return a case's mentions of a label."""
        found = read_annotations(self.out / "mentions" / f"{case}.jsonl")
        return [mention for mention in found if mention.label == label]

    def judged(self, case: str) -> dict[str, Any]:
        """Return a case's judgements, without their evidence."""
        found = read_annotations(self.out / "judgements" / f"{case}.jsonl")
        return {a.label: next(iter(a.value.values())) if isinstance(a.value, dict) else a.value for a in found}

    def document(self, case: str) -> Document:
        """Return a case's document."""
        return read_document(self.out / "documents" / f"{case}.json")


@pytest.fixture(scope="module")
def cases(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Read all cases once, in bounded processes as `vivex run` does."""
    files = [p for ending in ("txt", "pdf", "xml") for p in (shared / "cases").glob(f"*.{ending}")]
    for folder in sorted((shared / "cases").iterdir()):
        if folder.is_dir() and folder.name not in ("attack", "lib"):
            files += [p for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".pdf", ".xml")]
    out = tmp_path_factory.mktemp("cases")
    setting = Setting(out, {}, shipped(), template_path("invivo"))
    left_out: dict[str, str] = {}
    with Pool(jobs=1, seconds=300, memory_mb=4096) as pool:
        for stage in ("parse", "recognize", "assess", "prefill"):
            report = run_stage(stage, {path.stem: path for path in sorted(files)}, setting, pool)
            left_out |= {failure.study: failure.reason for failure in report.failures}
    return Read(out, left_out)


@pytest.mark.parametrize(
    ("case", "wanted"), [(case, wanted) for folder in ASKED.values() for case, wanted in folder.items()]
)
def test_forms(cases: Read, case: str, wanted: dict[str, list[str]]) -> None:
    form = cases.form(case)
    assert {field: form[field] for field in wanted} == wanted


def test_files_that_are_no_papers_are_left_out_with_the_reason(cases: Read) -> None:
    assert cases.left_out == LEFT_OUT
    assert any("page 2" in warning for warning in cases.document("one-page-scanned").warnings)


def test_columns_turned_pages_and_overprints_are_read_as_shown(cases: Read) -> None:
    by_rows, by_columns = cases.document("two-columns-by-rows"), cases.document("two-columns-by-columns")
    assert by_rows.text == by_columns.text
    for case in ("fake-bold-lines", "four-times"):
        document = cases.document(case)
        assert document.text.count("Mice were injected") == 1
        assert {"methods", "results"} <= {section.role for section in document.sections}
    assert [s.role for s in cases.document("no-introduction-heading").sections if s.role == "methods"]
    assert cases.judged("no-introduction-heading") == cases.judged("with-introduction-heading")


def test_marks_of_citations_change_nothing(cases: Read) -> None:
    plain = cases.form("plain")
    for field in ("dose", "age", "frequency", "duration"):
        assert cases.form("cited")[field] == plain[field]
    assert cases.judged("cited")["reporting.blinding"] is True


def test_doses_are_bound_to_what_was_given(cases: Read) -> None:
    def bound(case: str) -> list[tuple[str, str]]:
        values = [m.value for m in cases.mentions(case, "dose") if isinstance(m.value, dict)]
        return [(str(value["normal"]), str(value["agent"])) for value in values]

    assert bound("respectively") == [("5, 10, 20 mg/kg", "TX-7, TX-8, TX-9")]
    assert bound("mixture") == [("100, 10 mg/kg", "ketamine, xylazine")]
    assert bound("citation") == [("10 mg/kg", "TX-8"), ("20 mg/kg", "TX-9")]
    assert {agent for normal, agent in bound("two-step") if normal != "10 mg/kg"} == {"TX-7"}
    assert ("2 g/kg", "glucose") in bound("case06_challenge_tests_are_not_the_treatment")


def test_names_are_no_genes_and_lists_are_named_wholly(cases: Read) -> None:
    quotes = {m.evidence[0].quote for m in cases.mentions("lines", "gene")}
    assert not quotes & {"AGS", "THP-1", "HK-2", "HOS", "CT26"}
    assert cases.mentions("case12_words_that_are_gene_aliases", "gene") == []
    values = [m.value for m in cases.mentions("letters", "mirna") if isinstance(m.value, dict)]
    assert [v["normal"] for v in values] == ["miR-29a", "miR-29b", "miR-29c", "miR-15a/16-1", "miR-181a-2"]
    assert cases.judged("pdf02_statements_block_on_page_one")["reporting.conflict_of_interest"] is True
