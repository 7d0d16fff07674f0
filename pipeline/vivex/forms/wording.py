"""How the items of the two assessment forms are worded, ordered, coloured and marked in everything a reviewer sees."""

from __future__ import annotations

from typing import NamedTuple

from vivex.annotation import ENTITY_LABELS, REPORTING_ITEMS, SYRCLE_ITEMS


class Item(NamedTuple):
    """Word one SYRCLE item as Hooijmans et al. 2014 (BMC Med Res Methodol 14:43, table 2) does."""

    number: int
    bias: str
    short: str  # the column header that robvis shows in its legend
    question: str


_SYRCLE = (
    ("Selection", "Sequence generation", "Was the allocation sequence adequately generated and applied?"),
    (
        "Selection",
        "Baseline characteristics",
        "Were the groups similar at baseline or were they adjusted for confounders in the analysis?",
    ),
    ("Selection", "Allocation concealment", "Was the allocation adequately concealed?"),
    ("Performance", "Random housing", "Were the animals randomly housed during the experiment?"),
    (
        "Performance",
        "Blinding (performance)",
        "Were the caregivers and/or investigators blinded from knowledge which intervention each animal received "
        "during the experiment?",
    ),
    ("Detection", "Random outcome assessment", "Were animals selected at random for outcome assessment?"),
    ("Detection", "Blinding (detection)", "Was the outcome assessor blinded?"),
    ("Attrition", "Incomplete outcome data", "Were incomplete outcome data adequately addressed?"),
    ("Reporting", "Selective outcome reporting", "Are reports of the study free of selective outcome reporting?"),
    (
        "Other",
        "Other sources of bias",
        "Was the study apparently free of other problems that could result in high risk of bias?",
    ),
)
SYRCLE = {key: Item(i, *words) for i, (key, words) in enumerate(zip(SYRCLE_ITEMS, _SYRCLE, strict=True), 1)}

REPORTING = dict(
    zip(
        REPORTING_ITEMS,
        (
            "Random allocation of animals to groups is mentioned",
            "Blinding of anyone is mentioned",
            "Concealment of the allocation is mentioned",
            "A sample size calculation is reported",
            "Excluded or lost animals, or criteria for exclusion, are mentioned",
            "A statement of interests is given",
            "Approval or a guideline for animal welfare is stated",
            "Housing conditions are described",
        ),
        strict=True,
    )
)

# Okabe and Ito's palette: told apart by colour-blind readers; the symbols say the same without colour.
JUDGEMENT_COLOURS = {"low": "#009E73", "unclear": "#F0E442", "high": "#D55E00"}
JUDGEMENT_SYMBOLS = {"low": "+", "unclear": "?", "high": "−"}
JUDGEMENT_ORDER = ("low", "unclear", "high")

LABEL_COLOURS = dict(
    zip(
        ENTITY_LABELS,
        (
            "#FFB3B8",  # mirna
            "#A6D8FF",  # gene
            "#FFE08A",  # dose
            "#FFC89E",  # route
            "#E9D8A6",  # schedule
            "#B8E6C1",  # outcome
            "#D9C2F0",  # species
            "#E3D5F7",  # strain
            "#AEE5E0",  # cell
            "#F7C1E0",  # model
            "#D5DCE4",  # agent
        ),
        strict=True,
    )
)


_SPELT = {"mirna": "miRNA", "mirnas": "miRNAs", "oa": "OA", "msc": "MSC", "mscs": "MSCs", "rna": "RNA", "dna": "DNA"}


def name(label: str) -> str:
    """Return a label or item as words: "form.target_gene" is "target gene"."""
    return " ".join(_SPELT.get(word, word) for word in label.rpartition(".")[2].split("_"))


def heading(label: str) -> str:
    """Return a label or item as the words of a heading: "Target gene", but "miRNA" and "n total"."""
    first, _, rest = name(label).partition(" ")
    first = first if first == "n" or not first.islower() else first.capitalize()
    return f"{first} {rest}".strip()
