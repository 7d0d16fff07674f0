"""MathML and TeX as plain text: powers raised, doses kept."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.parse.formulae import mathml, raised, tex
from vivex.parse.jats import parse_jats

POWER = "<msup><mn>10</mn><mn>5</mn></msup>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (POWER, "10⁵"),
        ("<mn>3</mn><mo>×</mo>" + POWER, "3 × 10⁵"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>7</mn></mrow></msup>", "10⁻⁷"),
        ("<msub><mi>CO</mi><mn>2</mn></msub>", "CO2"),
        ("<mi>n</mi><mo>=</mo><mn>8</mn>", "n = 8"),
        ("<mfrac><mi>mg</mi><mi>kg</mi></mfrac>", "mg/kg"),
        ("<mn>5</mn><mspace/><mi>mg</mi><mo>/</mo><mi>kg</mi>", "5 mg/kg"),
        ("<msup><mn>37</mn><mo>∘</mo></msup><mi>C</mi>", "37°C"),
        ("<msup><mi>kg</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup>", "kg⁻¹"),
        (f"<semantics><mrow>{POWER}</mrow><annotation>10^5</annotation></semantics>", "10⁵"),
        ("<msup><mi>e</mi><mi>x</mi></msup>", "e^x"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "√8"),
        ("<msqrt><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></msqrt>", "√(a + b)"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>14</mn></mmultiscripts>", "¹⁴C"),
        ("<mmultiscripts><mi>Ca</mi><none/><mrow><mn>2</mn><mo>+</mo></mrow></mmultiscripts>", "Ca²⁺"),
        ("<mmultiscripts><mi>Tc</mi><mn>4</mn><none/><mprescripts/><none/><mn>99</mn></mmultiscripts>", "⁹⁹Tc4"),
        ("<mover><mi>x</mi><mo>¯</mo></mover><mo>=</mo><mn>3</mn>", "x = 3"),
    ],
)
def test_mathml(markup: str, text: str) -> None:
    assert mathml(ElementTree.fromstring(f"<math>{markup}</math>")) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"$10^{5}$", "10⁵"),
        (r"$3 \times 10^{6}$", "3 × 10⁶"),
        (r"$10^{-7}~\mathrm{M}$", "10⁻⁷ M"),
        (r"\(5\,\mathrm{mg/kg}\)", "5 mg/kg"),
        (r"$5~\upmu\text{g}/\text{kg}$", "5 μg/kg"),
        (r"$21.5 \pm 1.4$", "21.5 ± 1.4"),
        (r"$P<0.05$", "P < 0.05"),
        (r"$\frac{a}{b}$", "a/b"),
        (r"$37^{\circ}\mathrm{C}$", "37°C"),
        (r"$\mathrm{cm}^2$", "cm²"),
        (r"$n\leq 8$", "n ≤ 8"),
        (r"$10\%$", "10%"),
        (r"\documentclass[12pt]{minimal}\usepackage{amsmath}\begin{document}$$10^{8}$$\end{document}", "10⁸"),
        (r"$\left( x \right)$", "( x )"),
        (r"$5\mspace{2mu}\mathrm{mg}$", "5 mg"),
        (r"$5\hspace{0.17em}\text{mg}\kern1pt$", "5 mg"),
        (r"$n\mkern 3mu=6\label{eq:n}$", "n = 6"),
        (r"$\textcolor{red}{8}\phantom{0}$ rats", "8 rats"),
        (r"$\sqrt{2}$", "√2"),
        (r"$x^{}$", "x"),
    ],
)
def test_tex(source: str, text: str) -> None:
    assert tex(source) == text


FORMULA = "<inline-formula>{}</inline-formula>"
MATH = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup><mml:mn>10</mml:mn><mml:mn>5</mml:mn></mml:msup></mml:math>'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (FORMULA.format(MATH) + " cells", "10⁵ cells"),
        (FORMULA.format("<tex-math>$10^{5}$</tex-math>") + " cells", "10⁵ cells"),
        (FORMULA.format(f"<alternatives><tex-math>$10^{{5}}$</tex-math>{MATH}</alternatives>") + " cells", "10⁵ cells"),
        (FORMULA.format("<alternatives><tex-math>$10^5$</tex-math><graphic/></alternatives>") + " cells", "10⁵ cells"),
        ("at " + FORMULA.format(r"<tex-math>$5~\mathrm{mg/kg}$</tex-math>") + ".", "at 5 mg/kg."),
    ],
)
def test_formulae_of_an_article_are_read_once(content: str, text: str) -> None:
    article = f"<article><body><sec><title>Methods</title><p>{content}</p></sec></body></article>"
    assert parse_jats(article.encode(), study="s", params={}).text == f"Methods\n\n{text}"


@given(st.text(r"\{}^_$ab1 fractimes", max_size=60))
def test_any_tex_is_read(source: str) -> None:
    assert isinstance(tex(source), str)


@given(st.text("0123456789+-n()", min_size=1, max_size=8))
def test_exponents_of_digits_and_signs_are_superscripts(text: str) -> None:
    assert not set(raised(text)) & set("0123456789^")


def test_deep_and_long_tex_ends() -> None:
    assert tex("{" * 5000 + "x" + "}" * 5000) == "x"
    assert len(tex("^" * 30_000)) < 30_000
