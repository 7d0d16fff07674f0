"""Change questions and conventions in the text of a codebook.yaml: what isn't changed stays as it was written.

Comments stand with the question beneath them and move with it; those of a question that is taken out stay where they
are. What a change would have to touch besides is told, never rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from vivex.annotation import JsonValue
from vivex.codebook import POLICY, SCHEMA, Codebook, Field, from_bytes, from_data
from vivex.errors import ReviewError

if TYPE_CHECKING:
    from yaml import MappingNode, Node, SequenceNode

_DEFAULTS = Field("", "")
_BY_HAND = "codebook.yaml is written in a way that can't be changed here ({}); edit it as text"
_KEYS = tuple(key.name for key in fields(Field))


@dataclass(frozen=True, slots=True)
class Asked:
    """Ask a field in the place of the one that was called `was`; "" where it is new."""

    field: Field
    was: str = ""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Put `text` in the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Item:
    """Hold a question as it is written: what stands above it, and from where to where its own lines go."""

    node: MappingNode
    above: int
    start: int
    end: int


def field_data(asked: Field) -> dict[str, JsonValue]:
    """Return a field as codebook.yaml holds it; what says no more than the default is left out."""
    found: dict[str, JsonValue] = {}
    for key in _KEYS:
        if key in ("name", "question") or getattr(asked, key) != getattr(_DEFAULTS, key):
            found[key] = _plain(asked, key)
    return found


def codebook_data(codebook: Codebook) -> dict[str, JsonValue]:
    """Return a codebook as codebook.yaml holds it."""
    return {
        "schema": SCHEMA,
        "name": codebook.name,
        "title": codebook.title,
        "fields": [field_data(f) for f in codebook.fields],
        "policy": dict(codebook.policy),
    }


def rewritten(data: bytes, asked: Sequence[Asked], policy: Mapping[str, JsonValue], *, where: str) -> bytes:
    """Return the bytes of a codebook.yaml that asks these fields, in this order, under this policy.

    Settings that `policy` lacks stay as they are. Raise MalformedFile where the new codebook wouldn't be legal,
    ReviewError where the file's own way of writing is in the way.
    """
    before = from_bytes(data, where=where)
    wanted = changed(before, asked, policy, where=where)
    text = data.decode("utf-8-sig")
    root = _root(text)
    text = _with_policy(text, root, before, policy)
    text = _with_fields(text, _root(text), before, asked)
    written = text.encode("utf-8")
    if from_bytes(written, where=where) != wanted:
        raise ReviewError(_BY_HAND.format("its lines are not where they were expected"))
    return written


def changed(before: Codebook, asked: Sequence[Asked], policy: Mapping[str, JsonValue], *, where: str) -> Codebook:
    """Return the codebook with other fields and settings; raise MalformedFile naming the key that is wrong."""
    new = {key: value for key, value in policy.items() if key in before.policy or _differs(key, value)}
    fields_now = tuple(one.field for one in asked)
    data = codebook_data(replace(before, fields=fields_now, policy={**before.policy, **new}))
    return from_data(data, where=where)


def _differs(key: str, value: JsonValue) -> bool:
    """Tell whether a setting is another than the default; one that is unknown is told by `from_data`."""
    return key not in POLICY or str(POLICY[key][0]).lower() != str(value).lower()


def _plain(asked: Field, key: str) -> JsonValue:
    if key == "synonyms":
        return {value: list(words) for value, words in asked.synonyms.items()}
    value = getattr(asked, key)
    return list(value) if isinstance(value, tuple) else value


# -- the text


def _root(text: str) -> MappingNode:
    """Return the file's mapping with the places of all that stands in it."""
    import yaml

    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
        raise ReviewError(_BY_HAND.format("it has YAML anchors"))
    root = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)  # it was read as a codebook
    return root


def _value(mapping: MappingNode, key: str) -> Node | None:
    found: Node | None = next((value for name, value in mapping.value if name.value == key), None)
    return found


def _with_policy(text: str, root: MappingNode, before: Codebook, policy: Mapping[str, JsonValue]) -> str:
    """Return the text with other settings."""
    import yaml

    new = {
        key: value
        for key, value in policy.items()
        if (str(before.policy[key]) != str(value) if key in before.policy else _differs(key, value))
    }
    node = _value(root, "policy")
    if not new:
        return text
    if node is None:
        end = "" if text.endswith("\n") else _newline(text)
        return f"{text}{end}policy: {_flow(new)}{_newline(text)}"
    if not isinstance(node, yaml.MappingNode):  # `policy:` and nothing more
        at = node.end_mark.index
        return f"{text[:at]} {_flow(new)}{text[at:]}"
    return _applied(text, _set(text, node, new))


def _with_fields(text: str, root: MappingNode, before: Codebook, asked: Sequence[Asked]) -> str:
    """Return the text with other questions."""
    import yaml

    node = _value(root, "fields")
    assert isinstance(node, yaml.SequenceNode)  # a codebook asks at least one
    if node.flow_style:
        raise ReviewError(_BY_HAND.format("its fields stand in brackets, not on lines of their own"))
    found = _items(text, node)
    items = {f.name: item for f, item in zip(before.fields, found, strict=True)}
    old = {f.name: f for f in before.fields}
    dash = _column(text, found[0].start)
    kept = {one.was for one in asked if one.was}
    leads = _leads(text, items, kept)
    parts: list[str] = []
    for one in asked:
        if one.was in items:
            parts.append(leads[one.was] + _edited(text, items[one.was], old[one.was], one.field))
        else:
            parts.append(_written(one.field, dash, _newline(text)))
    rest = leads[""] + text[found[-1].end :]
    return text[: found[0].above] + _lines(parts, _newline(text)) + rest


def _items(text: str, node: SequenceNode) -> list[_Item]:
    """Return the questions of a block sequence with their lines."""
    found: list[_Item] = []
    above = _line_start(text, text.rindex("-", 0, node.value[0].start_mark.index))
    while above and text[:above].splitlines()[-1].lstrip().startswith("#"):
        above = _line_start(text, above - 1)
    for item in node.value:
        start = _line_start(text, text.rindex("-", 0, item.start_mark.index))
        end = _line_end(text, _content_end(item))
        found.append(_Item(item, above, start, end))
        above = end
    return found


def _leads(text: str, items: Mapping[str, _Item], kept: set[str]) -> dict[str, str]:
    """Return what stands above each question that stays; what stood above others stands above the next, "" the end."""
    found: dict[str, str] = {}
    waiting = ""
    for name, item in items.items():
        lead = text[item.above : item.start]
        if name in kept:
            found[name], waiting = waiting + lead, ""
        elif lead.strip():
            waiting += lead
    found[""] = waiting
    return found


def _edited(text: str, item: _Item, was: Field, now: Field) -> str:
    """Return a question's lines with the keys set that are otherwise now."""
    new = {key: _plain(now, key) for key in _KEYS if getattr(was, key) != getattr(now, key)}
    edits = _set(text, item.node, new) if new else []
    moved = [_Edit(e.start - item.start, e.end - item.start, e.text) for e in edits]
    return _applied(text[item.start : item.end], moved)


def _set(text: str, node: MappingNode, new: Mapping[str, JsonValue]) -> list[_Edit]:
    """Return the edits that set keys of a mapping."""
    newline = _newline(text)
    there = {name.value: (name, value) for name, value in node.value}
    edits = []
    for key, value in new.items():
        if key in there:
            name, old = there[key]
            start, end = name.end_mark.index, _content_end(old)
            after = newline if text[start:end].endswith("\n") else ""
            edits.append(_Edit(start, end, f": {_flow(value)}{after}"))
    added = {key: value for key, value in new.items() if key not in there}
    if added and node.flow_style:
        at = text.rindex("}", 0, node.end_mark.index)
        words = ", ".join(f"{key}: {_flow(value)}" for key, value in added.items())
        edits.append(_Edit(at, at, f", {words}" if node.value else words))
    elif added:
        at = _line_end(text, _content_end(node))
        indent = " " * node.value[0][0].start_mark.column
        words = "".join(f"{indent}{key}: {_flow(value)}{newline}" for key, value in added.items())
        before = "" if text[:at].endswith("\n") else newline
        edits.append(_Edit(at, at, before + words))
    return edits


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _written(asked: Field, dash: int, newline: str) -> str:
    """Return a new question's lines."""
    lines = [f"{key}: {_flow(value)}" for key, value in field_data(asked).items()]
    indent = " " * dash
    return f"{indent}- {lines[0]}{newline}" + "".join(f"{indent}  {line}{newline}" for line in lines[1:])


def _lines(parts: Sequence[str], newline: str) -> str:
    """Return questions one beneath the other: the last one of a file may lack its line's end."""
    return "".join(part if part.endswith("\n") else part + newline for part in parts)


def _flow(value: JsonValue) -> str:
    """Return a value as it may stand on one line, in brackets too."""
    import yaml

    written: str = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=1_000_000, sort_keys=False
    )
    return written.strip()[1:-1]


def _content_end(node: Node) -> int:
    """Return where a node's words end: a block's own end mark stands behind the comments after it."""
    import yaml

    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        end: int = node.end_mark.index
        return end
    last = node.value[-1]
    return _content_end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Return where the line of a character ends; of one that a block of lines ended, where it is."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _column(text: str, at: int) -> int:
    return len(text[at:]) - len(text[at:].lstrip(" "))


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
