"""YAML read strictly: no key twice, words as they stand, every fault in one line with its place."""

from __future__ import annotations

import pytest

from vivex.errors import MalformedFile
from vivex.yaml_files import read_yaml


def test_words_stand_as_written() -> None:
    data = read_yaml(b"a: [yes, no, 1:30, 0.10, 010, null]\n", where="f", as_written=True)
    assert data == {"a": ["yes", "no", "1:30", "0.10", "010", "null"]}
    assert read_yaml(b"a: [true, 2]\n", where="f") == {"a": [True, 2]}
    assert read_yaml(b"", where="f") is None
    assert read_yaml("\ufeffa: µ\n".encode(), where="f") == {"a": "µ"}


@pytest.mark.parametrize("as_written", [True, False])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: [", "f: not YAML .* in line"),
        (b"a: 1\nb:\n  c: 1\n  c: 2\n", "'c' stands twice in what begins at line 3"),
        (b"a: \xe9\n", "not UTF-8"),
        (b"a: !!python/object:os.system {}\n", "f: "),
        (b"[" * 5000, "f: "),
        (b"a: \x01\n", "not YAML"),
    ],
)
def test_a_fault_is_one_line(data: bytes, said: str, as_written: bool) -> None:
    if as_written and b"!!python" in data:
        assert read_yaml(data, where="f", as_written=True) == {"a": {}}  # tags say nothing there
        return
    with pytest.raises(MalformedFile, match=said) as caught:
        read_yaml(data, where="f", as_written=as_written)
    assert "\n" not in str(caught.value)


def test_a_key_is_a_name_also_where_yaml_takes_it_for_a_truth_value() -> None:
    assert read_yaml(b"limits: {on: local, yes: off}", where="x") == {"limits": {"on": "local", "yes": False}}
