"""Whatever a paper says, the files hold it unchanged or, where a format forbids a character, without it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from vivex.decisions import find_evidence
from vivex.document import Document
from vivex.files import clean, read_csv
from vivex.forms.report.study import _marked
from vivex.forms.rows import flat
from vivex.forms.tables.csvs import write_table

texts = st.text(max_size=60)
DOCUMENT = Document(
    "s",
    "Adult male Wistar rats (n = 24) were bought from a breeder. They were divided by a table of random numbers into "
    "four groups. Exosomes were injected at 40 µg/kg into the knee once a week. The scorer did not know the groups. "
    "miR-140-5p was raised and SEPTIN2 fell. Housing: 22 °C and 12 h of light; the expression was high (p < 0.05) in "
    "most of the knees and low in the others, of which two were left out after an infection.",
)


@settings(deadline=None)
@given(texts, st.lists(texts, max_size=4))
def test_a_quote_with_marks_is_still_the_quote(quote, values):
    page = _marked(quote, values)
    assert html.unescape(re.sub(r"</?mark>", "", page)) == flat(quote)
    assert set(re.findall(r"<[^>]*>", page)) <= {"<mark>", "</mark>"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_csv_gives_back_what_was_put_in(tmp_path: Path, lines):
    write_table(tmp_path / "t.csv", ("a", "b"), [{"a": a, "b": b} for a, b in lines], bom=True)
    found = read_csv((tmp_path / "t.csv").read_bytes().decode())
    assert found == [["a", "b"], *([clean(a), clean(b)] for a, b in lines)]


@settings(deadline=None)
@given(
    st.integers(0, 300),
    st.integers(10, 120),
    st.lists(st.sampled_from([" ", "\n", "  ", "\r\n"]), min_size=1, max_size=5),
)
def test_a_pasted_passage_is_found_whatever_its_line_breaks(start, length, breaks):
    text = DOCUMENT.text
    assume(not re.search(r"\d$", text[:start]) and not re.match(r"\d", text[start + length :]))  # no part of a number
    passage = text[start : start + length].strip()
    words = passage.split(" ")
    broken = "".join(word + breaks[n % len(breaks)] for n, word in enumerate(words)).strip()
    found, missing = find_evidence(broken, "", DOCUMENT)
    assert missing == []
    assert found[0].quote.strip("-").split() == passage.strip("-").split()  # hyphens at line ends don't count
