"""One name for each agent of a paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Block, Document
from vivex.recognize.relations.names import key, one_named, plain
from vivex.recognize.spans import Span


def named(text: str, *agents: str) -> list[str]:
    """Return the names that the agents get, in the order given."""
    spans = [
        Span(text.index(a), text.index(a) + len(a), "agent", {"text": a, "normal": a.lower() if a.islower() else a})
        for a in agents
    ]
    document = Document("made", text, (Block("paragraph", 0, len(text)),))
    return [s.value["normal"] for s in one_named(document, spans)]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Metoprin (MPR) was given; then MPR alone.", ("Metoprin", "MPR alone"[:3])),
        ("Rats received telomins, and telomin was injected.", ("telomins", "telomin was"[:7])),
        ("N-acetyl borane and N\u2010acetyl borane.", ("N-acetyl borane", "N\u2010acetyl borane")),
        ("Cocaline hydrochloride or cocaline.", ("Cocaline hydrochloride", "cocaline")),
        ("Leaf extract L was given. Later, leaf extract L helped.", ("Leaf extract L", "leaf extract")),
        ("Borane nitrate oil (BNO) and BNO.", ("Borane nitrate oil (BNO)", "BNO.")),
    ],
)
def test_wordings_of_one_agent_share_a_name(text: str, agents: tuple[str, ...]) -> None:
    names = named(text, *(a.rstrip(".") for a in agents))
    assert len({plain(n) for n in names}) == 1, names


def test_the_longest_form_is_the_name() -> None:
    assert named("Metoprin (MPR) was given; later MPR", "Metoprin", "MPR") == ["Metoprin", "Metoprin"]


def test_unlike_agents_keep_their_names() -> None:
    assert named("Telomin, borane and TX-9", "Telomin", "borane", "TX-9") == ["Telomin", "borane", "TX-9"]


@given(st.text(alphabet="abcXYZ0123- \u2010", min_size=1, max_size=30))
def test_a_key_is_settled(written: str) -> None:
    once = key(written, {})
    assert plain(once) == once
