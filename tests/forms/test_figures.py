from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from matplotlib.text import Text

from vivex.annotation import Annotation
from vivex.forms import figures, wording
from vivex.forms.figures import Light
from vivex.labels import colours
from vivex.questions import SYRCLE
from vivex.references import Publication
from vivex.states import AWAITED, CONFLICT, OPEN, PROPOSED, SETTLED, WORDS

KINDS = (
    Light("low", SETTLED),
    Light("unclear", PROPOSED),
    Light("high", SETTLED),
    Light("", OPEN),
    Light("", CONFLICT),
    Light("", AWAITED),
)


def table(studies: int) -> list[tuple[str, tuple[Light, ...]]]:
    return [(f"Study {n:03d}", tuple(KINDS[(n * k) % 6] for k in range(1, 11))) for n in range(studies)]


def test_written_and_the_same_each_time(papers, tmp_path):
    first = {p.name: p.read_bytes() for p in figures.write_figures(papers, tmp_path / "a")}
    assert set(first) == {f"syrcle-{name}.{s}" for name in ("summary", "traffic-light") for s in ("png", "svg")}
    assert {p.name: p.read_bytes() for p in figures.write_figures(papers, tmp_path / "b")} == first
    for name, data in first.items():
        if name.endswith("svg"):
            ElementTree.fromstring(data)
            assert b"<dc:date>" not in data


def test_figures_of_earlier_runs_go(papers, tmp_path):
    (tmp_path / "syrcle-traffic-light-2.png").write_bytes(b"old")
    figures.write_figures(papers, tmp_path)
    assert not (tmp_path / "syrcle-traffic-light-2.png").exists()
    assert figures.write_figures([], tmp_path) == []
    assert list(tmp_path.glob("syrcle*")) == []


def test_an_item_judged_by_outcome_shows_its_worst(papers):
    from dataclasses import replace

    label = "syrcle.blinding_outcome_assessors"
    two = tuple(Annotation("s", label, {"judgement": j}, group=g) for j, g in (("low", "score"), ("high", "weight")))
    line = figures.judgements([replace(papers[0], judgements=two)])[0][1]
    assert line[list(SYRCLE).index("blinding_outcome_assessors")] == Light("high", PROPOSED)
    assert line[0] == Light("", OPEN)


def test_a_conflict_shows_no_judgement_and_what_is_settled_stands(papers):
    from dataclasses import replace

    first, second, third, fourth, *_ = (f"syrcle.{item}" for item in SYRCLE)
    said = (Annotation("s", first, {"judgement": "unclear"}, source="adjudicator:rd"),)
    said += tuple(Annotation("s", second, {"judgement": j}, source=f"reviewer:{j}") for j in ("low", "high"))
    said += (Annotation("s", third, {"judgement": "high"}, source="model:rob@0"),)
    states = {first: SETTLED, second: CONFLICT, third: PROPOSED, fourth: AWAITED}
    line = figures.judgements([replace(papers[0], judgements=said, states=states)])[0][1]
    stand = (Light("unclear", SETTLED), Light("", CONFLICT), Light("high", PROPOSED), Light("", AWAITED))
    assert line[:5] == (*stand, Light("", OPEN))


@pytest.mark.parametrize("state", [SETTLED, PROPOSED])
def test_the_figures_say_what_nobody_reviewed(state):
    made = figures.figures([("Study 1", (Light("low", state),) * 10)])
    for name, figure in made:
        words = " ".join(text.get_text() for text in figure.findobj(Text))
        assert (WORDS[PROPOSED] in words) == (state == PROPOSED), name
        svg = figures.picture(figure, "svg").decode()
        assert ("pattern" in svg) == (state == PROPOSED), name  # the hatching
    assert (
        figures.counted([("s", KINDS)]) == "Of 6 judgements: 2 settled, 1 in conflict, 1 awaited, "
        "1 only proposed, 1 not reviewed"
    )


@pytest.mark.parametrize("studies", [1, 51])
def test_readable_for_few_and_many(studies):
    made = figures.figures(table(studies))
    assert len(made) == 2 + (studies > figures.PAGE)
    for _, figure in made:
        width, height = figure.get_size_inches()
        assert width < 9
        assert height < 21
        figure.draw_without_rendering()  # lays the figure out
        drawn = figure.get_tightbbox()
        assert drawn.x0 >= 0
        assert drawn.y0 >= 0
        assert drawn.x1 <= width
        assert drawn.y1 <= height


def test_ink_stands_out_on_every_colour():
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for colour in (*wording.JUDGEMENT_COLOURS.values(), *colours().values()):
        assert (light(colour) + 0.05) / 0.05 >= 4.5  # black on the colour: WCAG 2.2, contrast (minimum)


def test_colours_are_told_apart_without_colour():
    def grey(colour: str) -> float:
        r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    shades = sorted(map(grey, wording.JUDGEMENT_COLOURS.values()))
    assert shades[2] - shades[1] > 60  # unclear is the light one; low and high have + and −
    assert set(wording.JUDGEMENT_SYMBOLS.values()) == {"+", "?", "−"}


def test_inline_svg_is_described(papers):
    svg = figures.inline_svg(figures.drawn_summary(figures.judgements(papers)), label='shares "by" item')
    assert re.match(r'<svg role="img" aria-label="shares &quot;by&quot; item"', svg)
    assert "<metadata" not in svg


def test_settings_of_the_working_folder_change_nothing(papers, tmp_path):
    import matplotlib as mpl

    first = {p.name: p.read_bytes() for p in figures.write_figures(papers, tmp_path / "a")}
    with mpl.rc_context({"font.size": 20, "lines.linewidth": 9, "figure.facecolor": "red"}):  # as a matplotlibrc would
        assert {p.name: p.read_bytes() for p in figures.write_figures(papers, tmp_path / "b")} == first


def test_studies_are_called_by_their_labels(papers) -> None:
    from dataclasses import replace

    named = replace(papers[0], publication=Publication("Ode 2019"))
    assert [study for study, _ in figures.judgements([named, papers[1]])] == ["Ode 2019", papers[1].study]
