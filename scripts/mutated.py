"""Files changed by chance, in their bytes or in their structure, as fuzzing asks for them."""

from __future__ import annotations

import copy
import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

Chance = random.Random
ODD_BYTES = (
    b"\0",
    b"\xff",
    b"\xe9",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\xe2\x80\xa8",
    b"<<<<<<< HEAD\n",
    b"\\ud800",
    b"[" * 9000,
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 10**30, 1.5, float("nan"), float("inf"), 1e308),
    *("", " ", "x" * 5000, "\u2028", "\ud800", "2024-09-07", "=1+1", "../x"),
    *("low", "Low risk", "yes", "not reported", "5 mg/kg"),
    *("study-2", "adjudicated", "form.dose", "syrcle.other_bias", "reviewer:th", "model:ner@1"),
    *([], {}, [[]], ["a", "b"], {"judgement": "low"}, {"judgement": ["low"]}, {"reported": True}),
    *({"start": 0, "end": 3, "quote": "Dex"}, [{"start": 5, "end": 1, "quote": ""}]),
)
_DEEPEST = 450  # levels of XML that are copied and written: both recurse
ODD_NUMBERS = ("-1", "0", "\u00b2", "1e9", "99999999999", "1.5", "", "x", "\u0663", "1" * 5000)


def in_bytes(data: bytes, chance: Chance) -> bytes:
    """Return the bytes cut, flipped, doubled, swapped, or with something odd among them."""
    at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    kind = chance.randrange(7)
    if kind == 0:
        return data[:at]
    if kind == 1:
        flipped = bytearray(data)
        for _ in range(chance.choice((1, 3, 40)) if data else 0):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    if kind == 2:
        return data[:at] + data[end:]
    if kind == 3:
        return data[:end] + data[at:]
    if kind == 4:
        return data[:at] + chance.choice(ODD_BYTES) + data[at:]
    if kind == 5:
        return data[:at] + chance.choice(ODD_BYTES) + data[end:]
    return data.decode("utf-8", "replace").encode(
        chance.choice(("utf-16", "utf-16-le", "latin-1", "cp1252")), "replace"
    )


def in_lines(data: bytes, chance: Chance) -> bytes:
    """Return the lines doubled, swapped, or one of them gone."""
    lines = data.splitlines(keepends=True) or [b""]
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(3)
    if kind == 0:
        lines.insert(other, lines[one])
    elif kind == 1:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        del lines[one]
    return b"".join(lines)


def in_tree(tree: Any, chance: Chance, *, odd: Sequence[Any] = ODD_VALUES) -> Any:
    """Return JSON or YAML data with one value, key or item changed for an odd one, doubled, moved, or gone."""
    tree = copy.deepcopy(tree)
    places = list(_places(tree))
    if not places:
        return chance.choice(odd)
    within, key = chance.choice(places)
    kind = chance.randrange(6)
    if kind <= 2:
        within[key] = copy.deepcopy(chance.choice(odd))
    elif kind == 3:
        del within[key]
    elif kind == 4 and isinstance(within, dict):
        within[chance.choice(("", "note", "remark", "label", 5, None, "x" * 300))] = copy.deepcopy(chance.choice(odd))
    elif kind == 4:
        within.insert(chance.randrange(len(within) + 1), copy.deepcopy(within[key]))
    else:
        other, its = chance.choice(places)
        within[key] = copy.deepcopy(other[its]) if its in other or isinstance(other, list) else None
    return tree


def _places(tree: Any) -> list[tuple[Any, Any]]:
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    return [place for key in keys for place in [(tree, key), *_places(tree[key])]]


def json_lines(data: bytes, chance: Chance) -> bytes:
    """Return JSON lines with one line's data changed."""
    lines = data.decode("utf-8").splitlines()
    at = chance.randrange(len(lines))
    lines[at] = json.dumps(in_tree(json.loads(lines[at]), chance), ensure_ascii=chance.random() < 0.8)
    return "".join(line + "\n" for line in lines).encode("utf-8", "replace")


def in_archive(data: bytes, chance: Chance, change: Callable[[bytes, Chance], bytes]) -> bytes:
    """Return a zip archive with one part changed, gone, or twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        gone = chance.random() < 0.1
        for name in old.namelist():
            content = old.read(name)
            if name == chosen and gone:
                continue
            new.writestr(name, change(content, chance) if name == chosen else content)
    return out.getvalue()


def _deeper(root: ElementTree.Element, bound: int) -> bool:
    level = [root]
    for _ in range(bound):
        level = [child for element in level for child in element]
    return bool(level)


def in_xml(data: bytes, chance: Chance) -> bytes:
    """Return XML with one element doubled, nested, moved, emptied or gone, an attribute or a text made odd."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, LookupError, ValueError):  # no XML any more, or in an encoding of no name
        return in_bytes(data, chance)
    if _deeper(root, _DEEPEST):
        return in_bytes(data, chance)
    parents = [(parent, child) for parent in root.iter() for child in parent]
    if not parents:
        return in_bytes(data, chance)
    parent, child = chance.choice(parents)
    kind = chance.randrange(7)
    if kind == 0:
        parent.remove(child)
    elif kind == 1:
        parent.insert(0, copy.deepcopy(child))
    elif kind == 2:
        for _ in range(chance.choice((2, 40, 400))):
            inner = ElementTree.Element(child.tag, child.attrib)
            inner[:], child[:] = child[:], [inner]
    elif kind == 3:
        other, its = chance.choice(parents)
        its.append(copy.deepcopy(child)) if len(child) < 50 else other.remove(its)
    elif kind == 4 and child.attrib:
        child.set(chance.choice(sorted(child.attrib)), chance.choice(ODD_NUMBERS))
    elif kind <= 5:
        child.set(
            chance.choice(("rowspan", "colspan", "r", "s", "t", "ref-type", "rid", "id")), chance.choice(ODD_NUMBERS)
        )
    else:
        child.text = chance.choice(
            (None, "", "\u202e", "x" * 20_000, "1" * 20_000, "(" * 3000, "ACGT" * 5000, *ODD_NUMBERS)
        )
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
