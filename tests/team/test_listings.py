"""Two listings of a folder in one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.annotation import Annotation
from vivex.people.store import Session, Statement, dump_statement, update
from vivex.team.cache import Cache
from vivex.team.listings import ANNOTATIONS, PAPERS, Reasons, reasons, under_new_names, united_listing

listing = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(("1" * 32, "2" * 32, "3" * 32)))


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path)


@given(listing, listing, listing)
def test_no_paper_vanishes_and_both_ways_are_one(tmp_path_factory, base, ours, theirs):
    cache = Cache(tmp_path_factory.mktemp("cache"))
    one = united_listing(PAPERS, cache, base, ours, theirs, Reasons())
    two = united_listing(PAPERS, cache, base, theirs, ours, Reasons())
    assert one.listing == two.listing
    assert {*ours, *theirs} <= {*one.listing} | {*base}
    for side in (ours, theirs):
        for path, oid in side.items():
            if base.get(path) != oid:
                assert oid in one.listing.values()


def test_a_paper_goes_only_for_a_reason(cache):
    base = {"a.pdf": "1" * 32, "b.pdf": "2" * 32, "c.pdf": "3" * 32, "d.pdf": "4" * 32}
    ours = {"b.xml": "5" * 32, "new.pdf": "3" * 32}
    why = Reasons(out=frozenset({"a"}))
    whole = united_listing(PAPERS, cache, base, ours, base, why).listing
    assert whole == {**ours, "d.pdf": "4" * 32}
    assert united_listing(PAPERS, cache, base, {}, base, why).listing == base  # the whole folder is gone: an accident


def statement(cache, study, *words, reviewer="mk"):
    made = Statement(study, reviewer)
    for word in words:
        a = Annotation(study, "form.sex", word, (), f"reviewer:{reviewer}", None, decision="added")
        made = update(made, [a], Session(word, word, True))
    return cache.put(dump_statement(made).encode())


def line(cache, **event):
    return cache.put(json.dumps(event).encode() + b"\n")


def test_a_study_renamed_on_one_side_and_decided_on_on_the_other_is_one(cache):
    base = {"old/mk.jsonl": statement(cache, "old", "male"), "assignments/mk.jsonl": line(cache, study="old")}
    ours = {
        "new/mk.jsonl": statement(cache, "new", "male"),
        "renamed.jsonl": line(cache, old="old", new="new", when="2026-01-01"),
        "assignments/mk.jsonl": line(cache, study="new"),
    }
    theirs = {"old/mk.jsonl": statement(cache, "old", "male", "female"), "old/th.jsonl": statement(cache, "old", "x")}
    why = reasons(cache, ours, theirs)
    assert why.new_names == {"old": "new"}
    whole = united_listing(ANNOTATIONS, cache, base, ours, {**base, **theirs}, why).listing
    assert sorted(whole) == ["assignments/mk.jsonl", "new/mk.jsonl", "new/th.jsonl", "renamed.jsonl"]
    assert b"female" in cache.read(whole["new/mk.jsonl"])
    assert b'"old"' not in cache.read(whole["new/mk.jsonl"]) + cache.read(whole["assignments/mk.jsonl"])


@pytest.mark.parametrize("mine_first", [True, False])
@pytest.mark.parametrize("moved_on", [True, False])
def test_a_statement_begun_again_where_it_was_absent_loses_nothing(cache, mine_first, moved_on):
    path = "one/mk.jsonl"
    base = {path: statement(cache, "one", "male", "both")}
    mine = {path: statement(cache, "one", "female")}  # decided while the file was lost: it holds no "both", no "male"
    others = {path: statement(cache, "one", "male", "both", "unclear")} if moved_on else base
    sides = (mine, others) if mine_first else (others, mine)
    found = united_listing(ANNOTATIONS, cache, base, *sides, Reasons())
    text = cache.read(found.listing[path]).decode()
    assert all(f'"{word}"' in text for word in ("male", "both", "female"))
    (asked,) = found.questions
    assert (asked.label, "female" in asked.answers) == ("form.sex", True)


def test_a_statement_that_grew_asks_nothing(cache):
    path = "one/mk.jsonl"
    base = {path: statement(cache, "one", "male")}
    mine = {path: statement(cache, "one", "male", "both")}
    found = united_listing(ANNOTATIONS, cache, base, mine, base, Reasons())
    assert (found.listing, found.questions) == (mine, ())


def test_a_name_that_another_study_has_now_is_left(cache):
    side = {"old.pdf": "1" * 32, "new.pdf": "2" * 32}
    assert under_new_names(PAPERS, cache, side, Reasons({"old": "new"})) == side
    assert under_new_names(PAPERS, cache, {"old.pdf": "1" * 32}, Reasons({"old": "new"})) == {"new.pdf": "1" * 32}


def test_reasons_follow_chains_of_names_and_the_last_word_on_a_study(cache):
    events = b"".join(
        json.dumps({"old": old, "new": new, "when": when}).encode() + b"\n"
        for old, new, when in (("a", "b", "1"), ("b", "c", "2"), ("x", "y", "1"), ("y", "x", "2"))
    )
    out = b'{"study": "a", "when": "1"}\n{"study": "b", "when": "1"}\n{"study": "a", "again": true, "when": "2"}\nx\n'
    found = reasons(cache, {"renamed.jsonl": cache.put(events), "excluded.jsonl": cache.put(out)})
    assert found.new_names == {"a": "c", "b": "c", "y": "x"}
    assert found.out == {"b"}


def test_two_damaged_versions_are_both_kept(cache):
    sides = [{"one/mk.jsonl": cache.put(data)} for data in (b"{", b"[")]
    found = united_listing(ANNOTATIONS, cache, {}, *sides, Reasons())
    (kept,) = found.aside
    assert kept.startswith("two-versions/one/mk.")
    assert {cache.read(oid) for oid in found.listing.values()} == {b"{", b"["}
