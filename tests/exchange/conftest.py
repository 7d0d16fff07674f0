"""Two studies of a made-up review, as their reviewers settled them; hard words among the answers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from vivex.annotation import SYRCLE_ITEMS, Annotation, Evidence
from vivex.codebook import NOT_REPORTED, Codebook, Field
from vivex.exchange.formats import Material, SettledStudy
from vivex.forms.tables.prisma import Box
from vivex.references import Reference
from vivex.states import CONFLICT, PROPOSED, SETTLED

settings.register_profile("few", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("few")  # a busy machine is no failure

HARD = 'Rats got 10 µg of "β-agonist", 𝛼₂ form;\r\nhalf of them, twice'
BY = "reviewers:ab+mk"
FIELDS = (
    Field("species", "Which species?", table="animals", many=False),
    Field("sex", "Which sex?", "category", ("male", "female", "both"), table="animals", many=False),
    Field("dose", "Which doses?", table="treatment", per="group"),
    Field("intervention", "What was given?", table="treatment"),
)


def said(label: str, value: object, *, group: str = "", quote: str = "", note: str = "") -> Annotation:
    """Return a settled answer to the question of a label."""
    places = (Evidence(start=5, end=5 + len(quote), quote=quote, page=2),) if quote else ()
    return Annotation("ode-2019", label, value, places, BY, group=group, decision="accepted", note=note)  # type: ignore[arg-type]


def judged(item: str, word: str, *, group: str = "", quote: str = "", note: str = "") -> Annotation:
    """Return a settled judgement."""
    return said(f"syrcle.{item}", {"judgement": word}, group=group, quote=quote, note=note)


@pytest.fixture
def codebook() -> Codebook:
    return Codebook("made-up", FIELDS, title="A made-up review")


@pytest.fixture
def first() -> SettledStudy:
    """Return a study of which all but two items are settled; two of its outcomes were judged by themselves."""
    words = dict(zip(SYRCLE_ITEMS, ("low", "high", "unclear") * 4, strict=False))
    for item in ("incomplete_outcome_data", "other_bias"):
        del words[item]
    judgements = [judged(item, word, quote=HARD, note=f"why {item}") for item, word in words.items()]
    judgements += [
        judged("incomplete_outcome_data", "low", group="infarct size"),
        judged("incomplete_outcome_data", "high", group="survival", note="three rats are lost"),
        said("reporting.blinding", {"reported": True}),
    ]
    states = {a.label: SETTLED for a in judgements}
    states |= {f.label: SETTLED for f in FIELDS} | {"syrcle.other_bias": CONFLICT, "form.intervention": PROPOSED}
    reference = Reference(
        "Agonists, and the hearts of rats",
        ("Ode, Ann", "van de Berg, B."),
        "2019",
        "J. Hearts",
        "10.5555/ode.2019",
        "12345678",
        "Hearts were looked at.",
        pages="11-19",
    )
    values = (
        (FIELDS[0], said("form.species", "rat", quote="Wistar rats")),
        (FIELDS[1], said("form.sex", NOT_REPORTED)),
        (FIELDS[2], said("form.dose", "10 µg", group="low dose", quote=HARD)),
        (FIELDS[2], said("form.dose", "=20 µg", group="high dose")),
    )
    return SettledStudy("ode-2019", "Ode 2019", reference, values, tuple(judgements), states, "ode-2019.pdf")


@pytest.fixture
def material(first: SettledStudy, codebook: Codebook) -> Material:
    """Return what is written: the first study, and one about which nobody said anything."""
    second = SettledStudy("x", "x", Reference(title="Nobody looked at it <yet> & so on"), states={"form.sex": PROPOSED})
    boxes = [
        Box("Reports assessed for eligibility", "", ("ode-2019", "x", "y", "z")),
        Box("Reports excluded", "", ("y", "z")),
        Box("Reports excluded", "no animals; in vitro, only", ("y",)),
        Box("Reports excluded", "a protocol", ("z",)),
        Box("Studies included in review", "", ("ode-2019", "x")),
    ]
    return Material(codebook, [first, second], boxes, title="A made-up review")
