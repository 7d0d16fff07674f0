from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vivex.annotation import Annotation
from vivex.document import Document
from vivex.forms import figures
from vivex.forms.report.review_page import write_front, write_page, write_report
from vivex.paper import Failure, Paper

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'&\u202e</style>\x00\ud800"


class Tags(HTMLParser):
    """Collect tags with attributes, and the text."""

    def __init__(self, page: str):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "input", "img", "path", "use", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def page(papers, failures, codebook, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "review" / "report.html"
    (path.parent.parent / "highlighted").mkdir()
    (path.parent.parent / "highlighted" / "Abel 2020.pdf").write_bytes(b"%PDF")
    write_report(papers, failures, codebook, path)
    return path.read_text(encoding="utf-8")


def test_values_quotes_pages_and_left_out_papers_are_shown(page):
    seen = Tags(page)
    assert seen.open == []
    for words in (
        "40 µg/kg",
        "Methods > Animals",
        "not reported",
        "rule of other_bias",
        "run OCR on it",
        "<img src=x>.pdf",
    ):
        assert words in seen.text, words
    assert "confidence" in seen.text
    assert 'href="../highlighted/Abel%202020.pdf#page=1"' in page
    assert "<mark>miR-140-5p</mark> was raised" in page


def test_nothing_is_fetched_and_only_the_own_script_runs(page):
    seen = Tags(page)
    for tag, attributes in seen.tags:
        for name in ("src", "href", "xlink:href", "action", "data"):
            value = attributes.get(name) or ""
            assert not re.match(r"(?:https?:)?//", value), (tag, value)
        assert not any(name.startswith("on") for name in attributes), tag
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(a["content"] for t, a in seen.tags if t == "meta" and "content" in a and "http-equiv" in a)
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_hostile_papers_cannot_inject(papers, codebook, tmp_path):
    text = f"Title {HOSTILE}\nbody {HOSTILE}"
    document = Document(HOSTILE, text, meta={"title": HOSTILE, "doi": HOSTILE, "journal": HOSTILE}, warnings=(HOSTILE,))
    evidence = [{"start": 0, "end": 6, "quote": HOSTILE, "section": HOSTILE}]
    fields = {"dose": [{"value": HOSTILE, "evidence": evidence, "group": HOSTILE, "confidence": 7.5}]}
    judgements = (
        Annotation(HOSTILE, "syrcle.other_bias", {"judgement": HOSTILE, "rule": HOSTILE}, group=HOSTILE),
        Annotation(HOSTILE, "reporting.blinding", {"reported": HOSTILE}),
    )
    mentions = (Annotation(HOSTILE, "gene", {"text": HOSTILE, "normal": HOSTILE}),)
    paper = Paper(document, mentions, judgements, {"study": HOSTILE, "fields": fields})
    hostile = replace(codebook, title=HOSTILE, fields=tuple(replace(f, question=HOSTILE) for f in codebook.fields))
    write_report([paper], [Failure(HOSTILE, HOSTILE, HOSTILE, HOSTILE)], hostile, tmp_path / "r.html")
    seen = Tags((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert [t for t, _ in seen.tags].count("script") == 1
    assert "img" not in [t for t, _ in seen.tags]
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)


def test_same_review_same_bytes(papers, failures, codebook, tmp_path):
    for name in ("a", "b"):
        write_report(papers, failures, codebook, tmp_path / name / "report.html")
    assert (tmp_path / "a" / "report.html").read_bytes() == (tmp_path / "b" / "report.html").read_bytes()


def test_a_review_without_papers(codebook, tmp_path):
    write_report([], [], codebook, tmp_path / "r.html")
    assert "No paper was read" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_pages_of_a_large_report_lead_to_each_other(papers, failures, codebook, tmp_path):
    table = figures.judgements(papers)
    pages = [(Path("report-1.html"), 1, 1), (Path("report-2.html"), 2, 2)]
    hostile = [*failures, Failure(HOSTILE, HOSTILE, HOSTILE, HOSTILE)]
    write_front(table, hostile, codebook, tmp_path / "report.html", read={p.study for p in papers}, pages=pages)
    ways = [("All studies", Path("report.html")), ("before", Path("report-1.html"))]
    write_page(papers[1:], codebook, tmp_path / "report-2.html", first=2, ways=ways)
    front, page = (Tags((tmp_path / name).read_text(encoding="utf-8")) for name in ("report.html", "report-2.html"))
    assert front.open == page.open == []
    links = [attributes.get("href") for tag, attributes in front.tags if tag == "a"]
    assert {"report-1.html", "report-2.html", "report-1.html#s1", "report-2.html#s2"} <= set(links)
    assert [tag for tag, _ in front.tags].count("script") == 1
    assert {"report.html", "report-1.html", "#s2"} <= {a.get("href") for tag, a in page.tags if tag == "a"}
    assert "Search these studies" in page.text
