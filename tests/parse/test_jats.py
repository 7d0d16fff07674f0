"""JATS XML in the shapes that publishers deposit."""

from __future__ import annotations

import pytest

from vivex.document import BODY_KINDS
from vivex.errors import UnreadablePaper
from vivex.parse.jats import parse_jats

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Knees</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1234/KNEE.1</article-id>
<title-group><article-title>Exosomes of <italic>synovial</italic> cells</article-title></title-group>
<pub-date><year>2024</year></pub-date>
<abstract><sec><title>Background</title><p>Cartilage is lost.</p></sec><sec><title>Methods</title><p>Rats were \
used.</p></sec></abstract>
<kwd-group><kwd>rat</kwd><kwd>knee</kwd></kwd-group></article-meta></front>
<body><sec><label>1</label><title>Introduction</title><p>Knees age<xref ref-type="bibr">[1]</xref>.</p></sec>
<sec><label>2</label><title>Materials and Methods</title><sec><label>2.1</label><title>Animals</title>
<p>Each rat got 10<sup>11</sup> particles&#8201;of CO<sub>2</sub>.</p>
<list><list-item><p>weighed daily</p></list-item></list>
<table-wrap><label>Table 1</label><caption><p>Doses.</p></caption><table><thead><tr><th>Group</th><th \
colspan="2">Dose</th></tr></thead>
<tbody><tr><td rowspan="2">Low</td><td>1</td><td>mg</td></tr><tr><td>2</td><td>mg</td></tr></tbody></table>
<table-wrap-foot><p>mg, milligram.</p></table-wrap-foot></table-wrap></sec></sec>
<sec><title>Results</title><p>It worked.</p><fig><label>Figure 1</label><caption><p>The \
score.</p></caption></fig></sec></body>
<back><ack><p>We thank all.</p></ack><fn-group><fn><p>No conflict of interest.</p></fn></fn-group>
<ref-list><title>References</title><ref><label>1</label><mixed-citation>Author A. A knee. \
2020.</mixed-citation></ref></ref-list></back></article>"""


@pytest.fixture(scope="module")
def document():
    """Return the article, read."""
    return parse_jats(ARTICLE.encode(), study="s", params={})


def test_parts_of_an_article(document):
    shape = [(b.kind, document.slice(b)) for b in document.blocks]
    assert shape == [
        ("title", "Exosomes of synovial cells"),
        ("abstract", "Background: Cartilage is lost."),
        ("abstract", "Methods: Rats were used."),
        ("other", "Keywords: rat; knee"),
        ("heading", "1 Introduction"),
        ("paragraph", "Knees age[1]."),
        ("heading", "2 Materials and Methods"),
        ("heading", "2.1 Animals"),
        ("paragraph", "Each rat got 10¹¹ particles of CO2."),
        ("list", "weighed daily"),
        ("caption", "Table 1 Doses."),
        ("table", "Group\tDose\nLow\t1\tmg\n2\tmg"),
        ("footnote", "mg, milligram."),
        ("heading", "Results"),
        ("paragraph", "It worked."),
        ("caption", "Figure 1 The score."),
        ("footnote", "We thank all."),
        ("footnote", "No conflict of interest."),
        ("reference", "1 Author A. A knee. 2020."),
    ]
    assert document.meta == {
        "title": "Exosomes of synovial cells",
        "doi": "10.1234/knee.1",
        "journal": "Knees",
        "year": "2024",
    }


def test_sections_have_roles(document):
    roles = {document.slice(b): document.sections[b.section].role for b in document.blocks if b.section is not None}
    assert roles["Each rat got 10¹¹ particles of CO2."] == "methods"
    assert roles["It worked."] == "results"
    assert roles["We thank all."] == roles["No conflict of interest."] == "statements"
    assert roles["1 Author A. A knee. 2020."] == "references"
    assert document.sections[document.block_at(document.text.index("Each rat")).section].path == (
        "2 Materials and Methods",
        "2.1 Animals",
    )


def test_cells_stand_on_the_grid(document):
    (table,) = document.tables
    cells = {(c.row, c.column): (document.slice(c), c.header, c.row_span, c.column_span) for c in table.cells}
    assert cells == {
        (0, 0): ("Group", True, 1, 1),
        (0, 1): ("Dose", True, 1, 2),
        (1, 0): ("Low", False, 2, 1),
        (1, 1): ("1", False, 1, 1),
        (1, 2): ("mg", False, 1, 1),
        (2, 1): ("2", False, 1, 1),
        (2, 2): ("mg", False, 1, 1),
    }
    assert document.slice(document.blocks[table.caption]) == "Table 1 Doses."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<article><body>", "broken"),
        (b"<html><p>Text</p></html>", "unsupported"),
        (b"<article><front/></article>", "no text"),
        (
            b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><article><body><p>&z;</p></body></article>',
            "unsupported",
        ),
    ],
)
def test_the_reason_is_named(data, reason):
    with pytest.raises(UnreadablePaper) as caught:
        parse_jats(data, study="s", params={})
    assert caught.value.reason == reason


def test_a_deep_article_is_read():
    deep = "<sec><title>Part</title>" * 60 + "<p>Rats.</p>" + "</sec>" * 60
    document = parse_jats(f"<article><body>{deep}</body></article>".encode(), study="s", params={})
    assert any(document.slice(b) == "Rats." for b in document.blocks if b.kind in BODY_KINDS)


def read(content: str):
    """Return the Document of a section's content."""
    article = f"<article><body><sec><title>Methods</title>{content}</sec></body></article>"
    return parse_jats(article.encode(), study="s", params={})


def listed(*items: str) -> str:
    """Return a list of items."""
    return "<list>" + "".join(f"<list-item>{item}</list-item>" for item in items) + "</list>"


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (listed("<p>Ten rats.</p>" + listed("<p>Five were fed.</p>")), ["Ten rats.", "Five were fed."]),
        (
            listed("<p>One" + listed("<p>two</p>", "<p>three</p>") + "</p>", "<p>four</p>"),
            ["One", "two", "three", "four"],
        ),
        (listed("<p>a</p>" + listed("<p>b</p>" + listed("<p>c</p>"))), ["a", "b", "c"]),
        ("<p>Before" + listed("<p>a</p>" + listed("<p>b</p>")) + "</p>", ["Before", "a", "b"]),
        (listed("<p>a</p>", "<p>b</p>"), ["a", "b"]),
    ],
)
def test_lists_in_lists_are_read_once(content, texts):
    document = read(content)
    assert [document.slice(b) for b in document.blocks if b.kind != "heading"] == texts


def test_lists_deep_in_lists_are_read_once():
    content = "<p>end</p>"
    for n in range(150):
        content = f"<p>Level {n}.</p>" + listed(content)
    document = read(content)
    assert document.text.count("Level 7.") == 1
    assert document.text.count("end") == 1


def nested(tag: str, levels: int, inner: str = "Twelve rats swam.") -> str:
    """Return an element within itself, so many times."""
    return f"<{tag}>" * levels + inner + f"</{tag}>" * levels


@pytest.mark.parametrize("levels", [1, 2, 150, 700, 3000])
@pytest.mark.parametrize(
    ("outer", "tag"),
    [
        ("{}", "sec"),
        ("<p>{}</p>", "italic"),
        ("<list>{}</list>", "list-item"),
        ("{}", "list"),
        ("<def-list>{}</def-list>", "def-item"),
        ("<fig><caption><p>{}</p></caption></fig>", "bold"),
        ("<table-wrap><table><tr><td>{}</td></tr></table></table-wrap>", "td"),
        ("<table-wrap><table>{}</table></table-wrap>", "tr"),
    ],
)
def test_what_lies_in_itself_is_read_once(outer, tag, levels):
    inner = {"list": "<list-item>{}</list-item>", "def-item": "<def>{}</def>", "tr": "<td>{}</td>"}.get(tag, "{}")
    document = read(outer.format(nested(tag, levels, inner.format("<p>Twelve rats swam.</p>"))))
    assert document.text.count("Twelve rats swam.") == 1
    assert len(document.text) < 60
    assert (levels > 200) == any("200 deep" in warning for warning in document.warnings)


@pytest.mark.parametrize("tag", ["ref", "mixed-citation", "ref-list"])
@pytest.mark.parametrize("levels", [2, 150, 400])
def test_references_in_themselves_are_read_once_or_refused(tag, levels):
    inner = {"ref": "<mixed-citation>{}</mixed-citation>", "ref-list": "<ref><note>{}</note></ref>"}.get(tag, "{}")
    outer = "<ref-list><ref>{}</ref></ref-list>" if tag == "mixed-citation" else "<ref-list>{}</ref-list>"
    references = outer.format(nested(tag, levels, inner.format("Rider 2001")))
    data = f"<article><body><p>Rats.</p></body><back>{references}</back></article>".encode()
    if levels > 200:
        with pytest.raises(UnreadablePaper, match="deep"):
            parse_jats(data, study="s", params={})
    else:
        assert parse_jats(data, study="s", params={}).text.count("Rider 2001") == 1


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (
            "<fig-group><label>Figure 1</label><caption><p>Knees.</p></caption>"
            "<fig><label>A</label><caption><p>Left.</p></caption></fig>"
            "<fig><label>B</label><caption><p>Right.</p></caption></fig></fig-group>",
            ["Figure 1 Knees.", "A Left.", "B Right."],
        ),
        (
            "<table-wrap><caption><p>Doses.</p></caption><table><tr><td>1</td></tr></table>"
            "<table><tr><td>2</td></tr></table></table-wrap>",
            ["Doses.", "1", "2"],
        ),
        (
            "<table-wrap-group><caption><p>Both.</p></caption><table-wrap><caption><p>Doses.</p></caption>"
            "<table><tr><td>1</td></tr></table></table-wrap></table-wrap-group>",
            ["Doses.", "1", "Both."],
        ),
        (
            "<table-wrap><table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table></table-wrap>",
            ["a\nb"],
        ),
    ],
)
def test_groups_lose_no_part(content, texts):
    document = read(content)
    assert [document.slice(b) for b in document.blocks if b.kind != "heading"] == texts


@pytest.mark.parametrize(
    ("body", "warned"),
    [
        ("<p>Rats swam.</p>", False),
        ("<p>Rats swam.</p><permissions>" + "No copies of any part. " * 9 + "</permissions>", True),
        ("<p>Rats.</p><p><tex-math>" + "\\alpha " * 99 + "</tex-math></p>", False),
    ],
)
def test_text_that_is_passed_over_is_warned_of(body, warned):
    document = read(body)
    assert any("was not read" in warning for warning in document.warnings) == warned


@pytest.mark.parametrize("others", [1, 2, 7])
def test_further_articles_of_a_file_are_named(others):
    title = "<title-group><article-title>{}</article-title></title-group>"
    one = f"<article><front><article-meta>{title}</article-meta></front></article>"
    data = "<pmc-articleset>" + "".join(one.format(f"Study {n}") for n in range(others + 1)) + "</pmc-articleset>"
    document = parse_jats(data.encode(), study="s", params={})
    (warning,) = document.warnings
    assert f"{others + 1} articles" in warning
    assert '"Study 1"' in warning
    assert document.text == "Study 0"


def test_what_the_publisher_calls_no_study_is_said():
    data = '<article article-type="review-article"><body><p>Rats are reviewed.</p></body></article>'
    assert "review" in parse_jats(data.encode(), study="s", params={}).warnings[0]
