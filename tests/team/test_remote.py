"""Objects go to the shared place and come from it."""

from __future__ import annotations

import shutil

import pytest

from team.copies import Team
from vivex.team.cache import cache_of
from vivex.team.remote import OutOfReach, fetch, forget_sent, has_remote, place_of, send
from vivex.team.share import data


def test_what_was_sent_comes_back(shared: Team):
    root = shared.copy("mk").root
    cache = cache_of(root)
    listing = {"a": cache.put(b"one"), "b/c": cache.put(b"two")}
    oid = cache.put_listing(listing)
    assert send(root, [oid]) == []
    assert send(root, [oid]) == []
    shutil.rmtree(cache.folder)
    assert fetch(root, [oid]) == []
    assert cache.listing(oid) == listing
    assert cache.read(listing["b/c"]) == b"two"


def test_what_the_place_does_not_hold_is_told(shared: Team):
    root = shared.copy("mk").root
    assert fetch(root, ["0" * 32]) == ["0" * 32]


def test_a_drive_that_is_not_connected_is_named(shared: Team, tmp_path):
    root = shared.copy("mk").root
    drive = tmp_path / "drive"
    drive.mkdir()
    data(root, str(drive / "data"))
    assert has_remote(root)
    assert place_of(root) == str(drive / "data")
    shutil.rmtree(drive)
    forget_sent(root)
    cache = cache_of(root)
    with pytest.raises(OutOfReach, match="connect the drive"):
        send(root, [cache.put_listing({"a": cache.put(b"one")})])
