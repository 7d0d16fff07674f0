"""PubMed's format: tags, lines that go on, DOIs among other ids."""

from __future__ import annotations

import pytest

from vivex.errors import MalformedFile
from vivex.exchange.nbib import read_nbib

TWO = """
PMID- 12345678
OWN - NLM
TI  - Hearts of mice: a long
      title about them.
LID - S0000-1 [pii]
LID - 10.5555/Hearts.1 [doi]
FAU - Ode, Ann B
AU  - Ode AB
FAU - Eld, Bo
AU  - Eld B
DP  - 2019 Mar-Apr
JT  - Journal of hearts
AB  - Hearts were
      looked at.

PMID- 23456789
OWN - NLM
TI  - Livers.
AU  - Fen C
DP  - 2020
TA  - J Liver
AID - 10.5555/l [doi]
"""


def test_two_records(tmp_path):
    path = tmp_path / "a.nbib"
    path.write_text(TWO)
    one, two = read_nbib(path).references
    assert (one.title, one.authors) == ("Hearts of mice: a long title about them.", ("Ode, Ann B", "Eld, Bo"))
    assert (one.year, one.doi, one.pmid) == ("2019", "10.5555/hearts.1", "12345678")
    assert one.abstract == "Hearts were looked at."
    assert (two.authors, two.journal, two.doi) == (("Fen C",), "J Liver", "10.5555/l")


def test_what_holds_none_is_refused(tmp_path):
    path = tmp_path / "a.nbib"
    path.write_text("hello\n")
    with pytest.raises(MalformedFile, match="no record of PubMed's"):
        read_nbib(path)


def test_a_real_file(shared):
    (one,) = read_nbib(shared / "exchange" / "samples" / "nbib.nbib").references
    assert (one.title, one.authors, one.year) == ("Paper title", ("Smith, Tom", "Hunter, Shawn"), "2000")
    assert one.doi == "10.1000/123456789"
