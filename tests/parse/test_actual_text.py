"""Where a PDF says that it shows something else than it draws, what is drawn is read, and a warning says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.parse import parse_bytes
from vivex.parse.actual_text import differing

pytest.importorskip("pymupdf")
SEEN = "The rats were not assigned at random."
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
LINE = "BT /F1 12 Tf 72 {y} Td ({words}) Tj ET "
Q = "q 1 0 0 1 0 0 cm /X1 Do Q "


def pdf(content: str, *, resources: str = "", catalog: str = "", more: tuple[str, ...] = ()) -> bytes:
    """Return a PDF of one page with a line before and a line after the content."""
    before = LINE.format(y=700, words="Forty rats were weighed on every day of the week.")
    after = LINE.format(y=600, words="Each of them was seen by both of the keepers.")
    objects = (
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/StructParents 0"
        f"/Resources<</Font<</F1 5 0 R>>{resources}>>>>",
        stream(before + content + after),
        FONT,
        *more,
    )
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        out
        + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n".encode()
        + f"{len(out)}\n%%EOF\n".encode()
    )


def stream(content: str, more: str = "") -> str:
    return f"<</Length {len(content)}{more}>>stream\n{content}\nendstream"


def marked(said: str, seen: str = SEEN, *, tag: str = "/Span <</ActualText {said}>>") -> str:
    """Return a line of a page that is drawn in one way and said in another; `said` is a PDF string."""
    return f"{tag.format(said=said)} BDC {LINE.format(y=660, words=seen)}EMC "


OTHER = "(The rats were assigned by a table.)"
TREE = ("<</Type/StructTreeRoot/K 7 0 R/ParentTree 8 0 R>>", "<</Nums[0 [7 0 R]]>>")


def tree(said: str) -> bytes:
    element = f"<</Type/StructElem/S/P/P 6 0 R/Pg 3 0 R/K 0/ActualText{said}>>"
    root, numbers = TREE
    return pdf(
        marked("", tag="/P <</MCID 0>>"),
        catalog="/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>",
        more=(root, element, numbers),
    )


def form(said: str) -> bytes:
    resources = "/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>"
    return pdf(Q, resources="/XObject<</X1 6 0 R>>", more=(stream(marked(said), f"/Type/XObject{resources}"),))


@pytest.mark.parametrize(
    "data",
    [
        pdf(marked(OTHER)),
        pdf(marked(OTHER, tag="/Span <</Actual#54ext {said}>>")),
        pdf(marked("", tag="/Span /P1"), resources=f"/Properties<</P1 <</ActualText {OTHER}>>>>"),
        pdf(marked("", tag="/Span /P1"), resources="/Properties<</P1 6 0 R>>", more=(f"<</ActualText {OTHER}>>",)),
        tree(OTHER),
        form(OTHER),
        pdf(marked("<FEFF0052006100740073>")),  # "Rats"
        pdf(marked("()")),  # drawn, and said to be nothing
        pdf(marked("(The rats were now assigned at random.)")),
        pdf(marked("(Ten rats were given 5 mg.)", "Ten rats were given 6 mg.")),
        pdf(marked("(The rats were not assigned at random. Nor were the mice.)")),
    ],
    ids=["inline", "escaped", "property", "reference", "tree", "form", "utf-16", "nothing", "word", "figure", "added"],
)
def test_what_is_drawn_is_read_and_a_warning_says_so(data: bytes) -> None:
    document = parse_bytes(data, name="s.pdf")
    assert (SEEN in document.text) or "given 6 mg" in document.text
    assert all(words not in document.text for words in ("table", "now assigned", "given 5", "Nor were"))
    (warning,) = (w for w in document.warnings if "than it draws" in w)
    assert warning.startswith("page 1: ")
    assert len(warning) < 200


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (f"({SEEN})", SEEN),
        ("(THE RATS were not assigned at random.)", SEEN),  # small capitals
        ("<FEFF00720061007400AD>", "rat-"),  # a soft hyphen
        ("(rat-like)", "rat like"),
        ("<FEFF03BC0067>", "mg"),  # a sign in a font of its own
    ],
    ids=["same", "capitals", "soft hyphen", "hyphen", "sign"],
)
def test_what_says_nothing_else_is_left_as_it_was(said: str, seen: str) -> None:
    document = parse_bytes(pdf(marked(said, seen)), name="s.pdf")
    assert not [w for w in document.warnings if "than it draws" in w]


def test_a_page_without_such_words_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from vivex.parse import actual_text

    monkeypatch.setattr(actual_text, "drawn", lambda *_: pytest.fail("it was read twice"))
    assert SEEN in parse_bytes(pdf(LINE.format(y=660, words=SEEN)), name="s.pdf").text


@given(st.text(alphabet="ab c5\n-\xad\ufffd\uf001", max_size=30))
def test_a_text_differs_from_none_but_another(text: str) -> None:
    assert differing(text, text) == ""
    assert differing(text, text.upper().replace("\xad", "")) == ""
    assert differing(f"{text} 7 mg", f"{text} 8 mg") != ""


def test_letters_that_have_no_name_differ_from_nothing() -> None:
    assert differing("the \ufb01rst de\ufb01ned dose", "the \uf001rst de\ufffdned dose") == ""
    assert differing("the first dose\x08", "the first dose") == ""


def test_a_long_difference_is_told_at_once() -> None:
    assert differing("a " * 50_000 + "end", "b " * 50_000 + "end").startswith("a a a")
