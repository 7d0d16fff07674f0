import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.kinds.mirna import find_mirna, parse_name

WRITTEN = [
    ("levels of miR-140-5p rose", ["miR-140-5p"], ["miR-140-5p"]),
    ("miR - 130 - b - 3 p was", ["miR - 130 - b - 3 p"], ["miR-130b-3p"]),
    ("miR-34a and -181b fell", ["miR-34a", "-181b"], ["miR-34a", "miR-181b"]),
    ("miRs-21, -155 and -146a", ["miRs-21", "-155", "-146a"], ["miR-21", "miR-155", "miR-146a"]),
    ("miR-34a, 34b, and 34c", ["miR-34a", "34b", "34c"], ["miR-34a", "miR-34b", "miR-34c"]),
    ("miR-140-5p and -3p", ["miR-140-5p", "-3p"], ["miR-140-5p", "miR-140-3p"]),
    ("the miR-17~92 cluster", ["miR-17~92 cluster"], ["miR-17~92"]),
    ("miR-29a/b/c and", ["miR-29a/b/c"], ["miR-29a/b/c"]),
    ("hsa-miR-9* and", ["hsa-miR-9*"], ["miR-9*"]),
    ("miR-9 *P < 0.05", ["miR-9"], ["miR-9"]),
    ("the MIR34A gene", ["MIR34A"], ["miR-34a"]),
    ("antagomiR-21 or pre-miR-21", ["miR-21", "miR-21"], ["miR-21", "miR-21"]),
    ("microRNA (miRNA)-146a", ["microRNA (miRNA)-146a"], ["miR-146a"]),
    ("let-7a-5p, let-7s, lin-4", ["let-7a-5p", "let-7s", "lin-4"], ["let-7a-5p", "let-7", "lin-4"]),
    ("bantam in flies", ["bantam"], ["bantam"]),
    ("kshv-miR-K12-11 and miR-BART7-3p", ["kshv-miR-K12-11", "miR-BART7-3p"], ["miR-K12-11", "miR-BART7-3p"]),
]


@pytest.mark.parametrize(("text", "quotes", "normal"), WRITTEN)
def test_names_as_papers_write_them(text, quotes, normal):
    spans = list(find_mirna(text))
    assert [text[s.start : s.end] for s in spans] == quotes
    assert [s.value["normal"] for s in spans] == normal


@pytest.mark.parametrize(
    "text",
    ["12 miRNAs 24 h after", "MIR17HG", "miRNA 3' UTR", "microRNAs were", "bantam hens", "the mirror 21", "let 7 mice"],
)
def test_what_is_no_mirna(text):
    assert list(find_mirna(text)) == []


@given(
    st.integers(1, 9999),
    st.sampled_from(["", "a", "b", "c"]),
    st.sampled_from(["", "-3p", "-5p"]),
    st.sampled_from(["miR-", "miRNA-", "microRNA-", "hsa-miR-", "miR", "mir-"]),
)
def test_every_spelling_has_one_normal_form(number, letter, arm, head):
    text = f"the {head}{number}{letter}{arm} level"
    (span,) = find_mirna(text)
    assert text[span.start : span.end] == f"{head}{number}{letter}{arm}"
    assert span.value["normal"] == f"miR-{number}{letter}{arm}" == parse_name(span.value["normal"])["normal"]


@given(st.text(alphabet="miR-lets7 0159ab/,~*p", max_size=60))
def test_spans_lie_in_order_inside_any_text(text):
    spans = [(s.start, s.end) for s in find_mirna(text)]
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize("suffix", ["KO", "cKO", "DKO", "KD", "TG", "OE", "null"])
def test_a_genotype_behind_the_number_is_no_part_of_the_name(suffix):
    (span,) = find_mirna(f"The mir-142{suffix} mice were slower.")
    assert (span.start, span.end) == (4, 11)
    assert span.value["normal"] == "miR-142"


@pytest.mark.parametrize("name", ["miR-142a", "miR-34c", "miR-125b", "miR-30e", "miR-29ab"])
def test_letters_of_a_name_stay(name):
    (span,) = find_mirna(f"The {name} level rose.")
    assert span.end - span.start == len(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mimics of miR-30a, b and d were injected.", ["miR-30a", "miR-30b", "miR-30d"]),
        ("miR-200a, b, and c fell.", ["miR-200a", "miR-200b", "miR-200c"]),
        ("Both miR-146a and b rose.", ["miR-146a", "miR-146b"]),
        ("We measured let-7a, b or e in serum.", ["let-7a", "let-7b", "let-7e"]),
        ("miR-34a, b-actin and c-Myc were blotted.", ["miR-34a"]),
        ("miR-34a (a), b = 3 and c were fitted.", ["miR-34a"]),
        ("The miR-16a–195-1 cluster was deleted.", ["miR-16a/195-1"]),
        ("MIR199A2 and Mir29b1 were cloned.", ["miR-199a-2", "miR-29b-1"]),
        ("MIR124A3 was silenced.", ["miR-124a-3"]),
        ("miR-125b-1-3p and miR-17-92 rose.", ["miR-125b-1-3p", "miR-17-92"]),
    ],
)
def test_letters_clusters_and_symbols(text, names):
    assert [s.value["normal"] for s in find_mirna(text)] == names
