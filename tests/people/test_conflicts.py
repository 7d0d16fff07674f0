"""Each answer to a disputed item stands with who gives it, its group, quote and reasons."""

from __future__ import annotations

from answers import STUDY, low, say

from vivex.files import read_csv
from vivex.people.conflicts import as_csv, as_text, candidates, conflicts


def test_answers_stand_with_who_gives_them_the_most_given_first(review):
    for who, value in (("mk", "i.p."), ("th", "i.v."), ("zo", "i.v.")):
        say(review, who, "form.route", value, note=f"says {who}")
    (item,) = conflicts(review)
    found = candidates(item)
    assert [(c.text, c.reviewers) for c in found] == [("i.v.", ("th", "zo")), ("i.p.", ("mk",))]
    assert found[0].reasons == "th: says th\nzo: says zo"
    assert not found[0].unanimous
    assert conflicts(review, ["bell-2020"]) == []


def test_an_answer_that_all_give_beside_disputed_ones_is_told(review):
    say(review, "mk", "form.dose", "5 mg", "6 mg", group="treated")
    say(review, "th", "form.dose", "5 mg", group="treated")
    shared, other = candidates(conflicts(review)[0])
    assert (shared.unanimous, shared.group, other.unanimous) == (True, "treated", False)


def test_silence_and_spans_are_worded(review):
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "not reported")
    say(review, "mk", "strain", {"text": "Wistar"}, quote="Wistar")
    say(review, "th", "strain", {"text": "rats"}, quote="Wistar rats")
    texts = {c.text for item in conflicts(review) for c in candidates(item)}
    assert texts == {"i.v.", "not reported", "Wistar", "Wistar rats", "(not marked)"}


def test_lists_hold_every_answer_and_no_formula(review):
    say(review, "mk", "syrcle.other_bias", low(), quote="Infarct volume fell")
    say(review, "th", "syrcle.other_bias", low("high"))
    say(review, "mk", "form.dose", "=HYPERLINK(A1)")
    say(review, "th", "form.dose", "5 mg")
    text = as_csv(conflicts(review))
    assert ",'=HYPERLINK(A1)," in text
    lines = read_csv(text)
    assert lines[0][:4] == ["study", "item", "answer", "reviewers"]
    assert [STUDY, "form.dose", "=HYPERLINK(A1)", "mk"] in [line[:4] for line in lines]
    assert "mk: low  “Infarct volume fell”" in as_text(conflicts(review), {})
    assert as_text(conflicts(review), {STUDY: "Ames 2019"}).startswith(f"{STUDY} (Ames 2019)  ")
    assert as_text([], {}) == ""
