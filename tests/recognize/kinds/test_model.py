"""Models by what induces them, by the procedure, by the disease, and by "model of"."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.model import find_model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toxin X-induced acute kidney injury was milder.", ["Toxin X-induced acute kidney injury"]),
        ("Bilateral ovariectomy was done.", ["Bilateral ovariectomy"]),
        ("a mouse model of rheumatoid arthritis", ["rheumatoid arthritis"]),
        ("unilateral ureteral\nobstruction lasted two weeks", ["unilateral ureteral\nobstruction"]),
        ("Linear models were fitted.", []),
        ("obese authors", []),
    ],
)
def test_models(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in find_model(text)] == expected
