"""miRNA, gene and direction from the sentence that holds both."""

from __future__ import annotations

import pytest

from vivex.document import Document
from vivex.recognize.relations.targets import relations, targeted
from vivex.recognize.spans import Span


def spans_of(text: str, mirna: str, *genes: str) -> list[Span]:
    """Return the first places of a miRNA and of genes in the text."""
    at = text.index(mirna)
    found = [Span(at, at + len(mirna), "mirna", {"normal": mirna})]
    for gene in genes:
        at = text.index(gene)
        found.append(Span(at, at + len(gene), "gene", {"normal": gene, "ids": {"MGI": "1"}}))
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
        ("In miR-9KO mice the level of SOX5 was higher.", "target", "down"),
        ("In miR-9 KO mice SOX5 increased.", "target", "down"),
        ("In miR-9cKO rats the expression of SOX5 was raised.", "target", "down"),
        ("In miR-9 knockout animals SOX5 was elevated.", "target", "down"),
        ("In miR-9KD fish SOX5 was lower.", "target", "up"),
    ],
)
def test_who_acts_on_whom_and_how(text: str, kind: str, direction: str) -> None:
    (found,) = relations(Document("s", text), spans_of(text, "miR-9", "SOX5"))
    assert (found.kind, found.direction) == (kind, direction)


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("miR-9 did not affect SOX5.", "SOX5"),
        ("We measured miR-9. SOX5 is a target of others.", "SOX5"),
        ("miR-9 rose in SOX5-deficient mice.", "SOX5"),
        ("Luciferase assays used miR-9 and luciferase.", "luciferase"),
        ("Expression of miR-9 by GAL4 rescued the mice.", "GAL4"),
        ("miR-9 was restored by Cre in the brain.", "Cre"),
    ],
)
def test_no_relation(text: str, gene: str) -> None:
    assert relations(Document("s", text), spans_of(text, "miR-9", gene)) == []


def test_the_mirna_carries_its_targets_as_a_table_asks_for_them() -> None:
    text = "Cells were grown. miR-9 suppressed SOX5."
    mirna = next(s for s in targeted(Document("s", text), spans_of(text, "miR-9", "SOX5")) if s.label == "mirna")
    (target,) = mirna.value["targets"]
    assert target == {
        "mirna": "miR-9",
        "gene": "SOX5",
        "ids": {"MGI": "1"},
        "at": [35, 39],
        "direction": "down",
        "quote": "miR-9 suppressed SOX5.",
        "start": 18,
        "end": 40,
        "confidence": target["confidence"],
    }
    assert text[target["start"] : target["end"]] == target["quote"]


@pytest.mark.parametrize(
    ("kind", "told", "sentence"),  # told: the miRNA's effect on the gene, "" where only a link is stated
    [
        ("the miRNA acts", "down", "{m} directly targets the 3'UTR of {g} and suppresses its translation."),
        ("the miRNA acts", "down", "Overexpression of {m} reduced {g} mRNA."),
        ("the miRNA acts", "down", "{m} negatively regulates {g}."),
        ("the passive", "down", "{g} was downregulated by {m} mimics."),
        ("the passive", "down", "{g} protein fell after transfection with {m}."),
        ("a silenced miRNA", "down", "Inhibition of {m} raised the level of {g}."),
        ("a silenced miRNA", "down", "Antagomirs against {m} restored {g} expression in the heart."),
        ("a silenced miRNA", "down", "Knockdown of {m} increased {g}."),
        ("a silenced miRNA", "down", "The {m} inhibitor upregulated {g} in kidneys."),
        ("a silenced miRNA", "down", "{m} sponge increased {g} abundance."),
        ("a silenced miRNA", "up", "Inhibition of {m} decreased {g} levels."),
        ("animals without it", "down", "In mice lacking {m}, {g} was elevated."),
        ("animals without it", "down", "In {m}-deficient mice, the level of {g} was higher."),
        ("a link alone", "", "{g} is a direct target of {m}."),
        ("a link alone", "", "The {m}/{g} axis governs fibrosis."),
        ("a target and an effect", "down", "{g} was identified as a target of {m}; luciferase activity fell."),
        ("a target and an effect", "down", "{g}, whose 3'-UTR holds a seed match of {m}, was repressed."),
        ("correlation", "down", "Expression of {m} correlated inversely with that of {g}."),
        ("a way to an end", "down", "Exosomal {m} alleviates injury by inhibiting {g}."),
        ("a way to an end", "down", "{m} protects cartilage through repression of {g}."),
        ("mimics and agomirs", "down", "{m} mimic transfection led to a decline in {g} protein."),
        ("mimics and agomirs", "down", "{g} expression was significantly lower in {m}-transfected cells."),
        ("mimics and agomirs", "down", "{g} levels dropped in animals that received agomir of {m}."),
        ("a rescue", "down", "Restoring {g} reversed the effect of {m}."),
        ("a rescue", "down", "lncRNA X sponged {m} and so released {g} from repression."),
        ("the miRNA raises the gene", "up", "{m} promotes {g} expression."),
        ("the miRNA raises the gene", "up", "{m} activates {g} by binding its promoter."),
        ("no effect", "none", "{m} did not change {g}."),
        ("no effect", "none", "{g} was unaffected by {m}."),
        ("the gene acts on the miRNA", "regulator", "{g} induces the transcription of {m}."),
        ("the gene acts on the miRNA", "regulator", "{g} bound to the promoter of {m} and increased its expression."),
        ("the gene acts on the miRNA", "regulator", "Loss of {g} lowered {m} in mouse liver."),
    ],
)
def test_kinds_of_sentences(kind: str, told: str, sentence: str) -> None:
    text = sentence.format(m="miR-99", g="Abc1")
    found = relations(Document("s", text), spans_of(text, "miR-99", "Abc1"))
    said = [relation.kind if relation.kind == "regulator" else relation.direction for relation in found]
    assert said == ([] if told == "none" else [told]), kind
