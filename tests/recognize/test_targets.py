import pytest

from vivex.document import Document
from vivex.recognize.relations.targets import relations, targeted
from vivex.recognize.spans import Span


def spans_of(text, mirna, *genes):
    at = text.index(mirna)
    found = [Span(at, at + len(mirna), "mirna", {"normal": mirna})]
    for gene in genes:
        at = text.index(gene)
        found.append(Span(at, at + len(gene), "gene", {"normal": gene}))
    return found


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("miR-9 directly suppressed SOX5 in the cartilage.", "target", "down"),
        ("SOX5 was down-regulated by miR-9.", "target", "down"),
        ("Silencing of miR-9 increased SOX5 protein.", "target", "down"),
        ("The inhibitor of miR-9 reduced SOX5 expression.", "target", "up"),
        ("miR-9 enhanced SOX5 expression.", "target", "up"),
        ("SOX5 is a direct target of miR-9.", "target", ""),
        ("SOX5 induced miR-9.", "regulator", "up"),
    ],
)
def test_who_acts_on_whom_and_how(text, kind, direction):
    (found,) = relations(Document("s", text), spans_of(text, "miR-9", "SOX5"))
    assert (found.kind, found.direction) == (kind, direction)


@pytest.mark.parametrize(
    "text",
    [
        "miR-9 did not affect SOX5.",
        "We measured miR-9. SOX5 is a target of others.",
        "miR-9 rose in SOX5-deficient mice.",
        "Luciferase assays used miR-9 and luciferase.",
    ],
)
def test_no_relation(text):
    gene = "SOX5" if "SOX5" in text else "luciferase"
    assert relations(Document("s", text), spans_of(text, "miR-9", gene)) == []


def test_the_mirna_carries_its_targets_with_their_sentence():
    text = "Cells were grown. miR-9 suppressed SOX5."
    mirna = next(s for s in targeted(Document("s", text), spans_of(text, "miR-9", "SOX5")) if s.label == "mirna")
    (target,) = mirna.value["targets"]
    assert (target["gene"], target["direction"], target["quote"]) == ("SOX5", "down", "miR-9 suppressed SOX5.")
    assert text[target["start"] : target["end"]] == target["quote"]
