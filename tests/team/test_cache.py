"""DVC's cache without DVC: the same names as DVC gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import MalformedFile
from vivex.team.cache import EMPTY, Cache, absent, cache_of, files_in, listing_of, md5_of

NAME = st.text("abcü -_.", min_size=1, max_size=8).filter(lambda name: name.strip("."))


@given(st.dictionaries(NAME, st.binary(max_size=20), max_size=5))
def test_listings_have_the_names_that_dvc_gives(tmp_path_factory, contents):
    from dvc_data.hashfile.hash_info import HashInfo
    from dvc_data.hashfile.tree import Tree

    cache, tree = Cache(tmp_path_factory.mktemp("cache")), Tree()
    listing = {f"study/{name}": cache.put(data) for name, data in contents.items()}
    for path, md5 in listing.items():
        tree.add(tuple(path.split("/")), None, HashInfo("md5", md5))
    tree.digest()
    oid = cache.put_listing(listing)
    assert oid == tree.hash_info.value
    assert cache.listing(oid) == listing
    assert cache.holds(oid)
    assert cache.size(listing) == sum(map(len, contents.values()))
    assert absent(cache, [oid]) == []


def test_what_is_not_here_is_told(tmp_path):
    cache = Cache(tmp_path)
    oid = cache.put_listing({"a": "0" * 32})
    assert absent(cache, [oid, "1" * 32, EMPTY]) == ["1" * 32, "0" * 32] or absent(cache, [oid, "1" * 32]) != []
    assert cache.knows(oid)
    assert not cache.holds(oid)
    assert cache.listing(EMPTY) == {}
    assert cache.holds(EMPTY)


def test_a_damaged_listing_is_named(tmp_path):
    cache = Cache(tmp_path)
    oid = cache.put_listing({})
    path = cache.path("0" * 32 + ".dir")
    path.parent.mkdir(parents=True)
    path.write_text("[1]", encoding="utf-8")
    assert oid == EMPTY
    with pytest.raises(MalformedFile, match="damaged listing"):
        cache.listing("0" * 32 + ".dir")


def test_what_programs_leave_is_no_part_of_a_folder(tmp_path):
    for name in ("a.pdf", ".DS_Store", "~$a.xlsx", ".vivex-x.part", "b/c.jsonl", "b/Thumbs.db", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    assert [p.name for p in files_in(tmp_path)] == [".hidden", "a.pdf", "c.jsonl"]
    assert listing_of(tmp_path)["b/c.jsonl"] == md5_of(tmp_path / "b" / "c.jsonl")
    assert files_in(tmp_path / "none") == []


def test_the_cache_lies_where_it_is_configured(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    dvc = tmp_path / ".dvc"
    dvc.mkdir()
    assert cache_of(tmp_path).folder == dvc / "cache" / "files" / "md5"
    (dvc / "config.local").write_text("[cache]\n    dir = ../elsewhere\n", encoding="utf-8")
    assert cache_of(tmp_path).folder.resolve() == tmp_path / "elsewhere" / "files" / "md5"
