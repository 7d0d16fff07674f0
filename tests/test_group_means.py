"""A group's mean in one wording: written, read and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.group_means import GroupMean, read_mean, same_mean, show_mean

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)
NUMBERS = st.decimals(-9999, 9999, places=2, allow_nan=False, allow_infinity=False).map(lambda d: f"{d:f}")


def test_one_wording() -> None:
    said = GroupMean("Serum TNF-α", "MSC", "24.1", "1.2", "SEM", "8", "pg/mL", "week 8")
    text = "Serum TNF-α [pg/mL], at week 8 | MSC: 24.1 ± 1.2 SEM, n = 8"
    assert show_mean(said) == text
    assert read_mean(text) == said
    limits = GroupMean("Score", "a: b", "3", "1 to 5", "95% CI")
    assert show_mean(limits) == "Score | a: b: 3 (95% CI 1 to 5)"
    assert read_mean(show_mean(limits)) == limits


@pytest.mark.parametrize(
    "typed",
    ["ALT [U/L] | Sham: 24.10 +/- 1.2 S.E., n=8", "alt [u/l] | sham: 24.1±1.2 SE (n = 8)"],
)
def test_what_people_type_is_the_same(typed: str) -> None:
    said, other = read_mean(typed), read_mean("ALT [U/L] | Sham: 24.1 ± 1.2 SEM, n = 8")
    assert said is not None
    assert other is not None
    assert same_mean(said) == same_mean(other)


@pytest.mark.parametrize("text", ["", "24.1", "ALT | Sham", "ALT: 3 ± 1", "| a: 3", "ALT | Sham: many", "ALT | : 3"])
def test_what_is_none(text: str) -> None:
    assert read_mean(text) is None


def test_sd_and_sem_differ_and_so_do_groups() -> None:
    texts = ["A | b: 1 ± 2 SD", "A | b: 1 ± 2 SEM", "A | b: 1 ± 2", "A | c: 1 ± 2 SD", "A, at day 1 | b: 1 ± 2 SD"]
    assert len({same_mean(said) for text in texts if (said := read_mean(text))}) == len(texts)


@given(WORDS, WORDS, WORDS, WORDS, NUMBERS, NUMBERS, st.sampled_from(("", "SD", "SEM")), st.integers(1, 99))
def test_what_is_shown_reads_the_same_again(
    outcome: str, group: str, unit: str, time: str, mean: str, error: str, kind: str, n: int
) -> None:
    if not outcome.strip() or not group.strip():
        return
    shown = show_mean(GroupMean(outcome, group, mean, error, kind, str(n), unit.strip(), time.strip()))
    said = read_mean(shown)
    if said is None:  # nothing but signs that the wording itself uses
        assert not outcome.replace("|", "").strip(" ,[]") or not group.strip(" |:")
        return
    assert show_mean(said) == shown
    assert (said.mean, said.error, said.error_type, said.n) == (mean, error, kind, str(n))
