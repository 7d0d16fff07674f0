"""The codebook of a review: what the form asks and which conventions the SYRCLE judgements follow."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vivex.annotation import JsonValue
from vivex.errors import MalformedFile
from vivex.labels import entity_labels, is_entity
from vivex.questions import KINDS, REPORTING, SYRCLE, Question, field_types, name
from vivex.questions import NOT_REPORTED as NOT_REPORTED
from vivex.yaml_files import read_yaml

SCHEMA = 1
SCOPES = ("study", "group", "outcome")
TEMPLATES = ("invivo", "msc-exosome-oa")

# The settings of the SYRCLE policy, their allowed values; the first is the default.
POLICY: dict[str, tuple[Any, ...]] = {
    "randomised_without_method": ("unclear", "low"),
    "baseline_common_characteristics": (2, 1, 3, 4),  # how many of age, weight, sex, strain must be common to all
    "coded_treatments_blind_caregivers": (True, False),
    "experimenter_blind_counts_for": ("both", "caregivers", "assessors"),
    "automated_assessment": ("unclear", "low"),
    "outcomes_judged": ("any", "all", "per_outcome"),  # items 7 and 8
    "n_as_range": ("unclear", "high"),
    "stated_not_randomised": ("high", "unclear"),
    "stated_not_blinded": ("high", "unclear"),
    "data_not_shown": ("high", "unclear"),
    "statement_without_stake_needed": (True, False),  # item 10: low only with an interest or funding statement
}

_VOCABULARIES = {"route": "routes", "species": "animals"}  # label -> the vocabulary that names what it marks
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Field:
    """Ask one question of a paper."""

    name: str
    question: str
    type: str = "text"
    allowed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # entity labels that feed it
    many: bool = True
    per: str = "study"
    table: str = "study"
    source: str = ""  # for template fields: the built-in field whose extractor fills this one (default: the name)
    keywords: tuple[str, ...] = ()  # words that a value's sentence must hold, for fields specific to a review
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # allowed value -> its other wordings

    @property
    def describes(self) -> bool:
        """Tell whether it describes a study in a table of studies: all do but numbers for a meta-analysis."""
        return self.type != "means"

    @property
    def subject(self) -> str:
        """Return what it asks about: the name of the built-in field that fills it, else its own."""
        return self.source or self.name

    @property
    def label(self) -> str:
        """Return the label that its answers carry."""
        return f"form.{self.name}"

    def ask(self) -> Question:
        """Return the field as a question."""
        kind = KINDS[self.type]
        genes = bool({"gene", "mirna"} & set(self.labels)) or self.subject in ("mirna", "target_gene")
        return Question(
            label=self.label,
            kind=kind,
            name=name(self.name),
            wording=self.question,
            categories=self.allowed if kind.choice else (),
            synonyms=self.synonyms,
            several=self.many and not kind.single,
            per=self.per,
            table=self.table,
            vocabulary=next((_VOCABULARIES[label] for label in self.labels if label in _VOCABULARIES), ""),
            genes=genes,
        )


@dataclass(frozen=True, slots=True)
class Codebook:
    """Hold the form's fields and tables and the SYRCLE policy of a review."""

    name: str
    fields: tuple[Field, ...]
    policy: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the names of the form's tables in the order of their first field."""
        return tuple(dict.fromkeys(f.table for f in self.fields))

    @property
    def described(self) -> tuple[Field, ...]:
        """Return the fields that describe a study in a table of studies."""
        return tuple(f for f in self.fields if f.describes)

    @property
    def questions(self) -> dict[str, Question]:
        """Return label -> question of all that a full review of a paper answers: the form, SYRCLE, what is reported."""
        asked = (*(f.ask() for f in self.fields), *SYRCLE.values(), *REPORTING.values())
        return {question.label: question for question in asked}

    def setting(self, name: str) -> Any:
        """Return a policy setting, or its default where the codebook is silent."""
        return self.policy.get(name, POLICY[name][0])

    @property
    def policy_id(self) -> str:
        """Return a short hash of all SYRCLE conventions, the defaults included: another one means another policy."""
        return _short_hash(self.conventions)

    @property
    def conventions(self) -> dict[str, JsonValue]:
        """Return all SYRCLE conventions, the defaults included."""
        return {name: self.setting(name) for name in sorted(POLICY)}

    @property
    def asks(self) -> dict[str, dict[str, JsonValue]]:
        """Return what people are asked by field; what only the machine reads of a field is left out."""
        return {
            f.name: {
                "question": f.question,
                "type": f.type,
                "allowed": list(f.allowed),
                "several": f.many,
                "per": f.per,
            }
            for f in self.fields
        }

    @property
    def meaning(self) -> dict[str, JsonValue]:
        """Return all that it says, the same however its file is laid out and commented."""
        fields: list[JsonValue] = [json.loads(json.dumps(asdict(f))) for f in self.fields]
        policy = dict(sorted(self.policy.items()))
        return {"schema": SCHEMA, "name": self.name, "title": self.title, "policy": policy, "fields": fields}

    @property
    def id(self) -> str:
        """Return a short hash of what people are asked: another one means other questions or another policy."""
        return _short_hash([self.asks, self.conventions])


def _short_hash(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:8]


def read_codebook(path: Path) -> Codebook:
    """Read a codebook.yaml; raise MalformedFile naming the key that is wrong."""
    return from_bytes(path.read_bytes(), where=str(path))


@functools.lru_cache(maxsize=8)
def from_bytes(data: bytes, *, where: str = "codebook") -> Codebook:
    """Return the Codebook of a file's bytes; raise MalformedFile naming the key that is wrong."""
    return from_data(read_yaml(data, where=where, as_written=True), where=where)


def template(name: str) -> Codebook:
    """Return a shipped codebook by name."""
    return read_codebook(template_path(name))


def template_path(name: str) -> Path:
    """Return the path of a shipped codebook."""
    if name not in TEMPLATES:
        from vivex.errors import UnknownName

        raise UnknownName(f"no codebook template is called {name!r}; known: {', '.join(TEMPLATES)}")
    return Path(__file__).parent / "data" / "codebooks" / f"{name}.yaml"


def from_data(data: Any, *, where: str = "codebook") -> Codebook:
    """Return the Codebook that the YAML data describes."""
    if not isinstance(data, dict) or str(data.get("schema")) != str(SCHEMA):
        raise MalformedFile(f"{where}: expected `schema: {SCHEMA}` at the top")
    _known(data, ("schema", "name", "title", "fields", "policy"), where)
    items = data.get("fields") or ()
    if not isinstance(items, list | tuple):
        raise MalformedFile(f"{where}: `fields` must be a list of questions (`- {{name: ..., question: ...}}`)")
    fields = tuple(_field(item, f"{where}: fields[{i}]") for i, item in enumerate(items))
    if not fields:
        raise MalformedFile(f"{where}: `fields` is empty; ask at least one question")
    names = [f.name for f in fields]
    twice = next((asked for asked in names if names.count(asked) > 1), None)
    if twice is not None:
        raise MalformedFile(f"{where}: field {twice!r} is asked twice; rename one")
    policy = data.get("policy") or {}
    if not isinstance(policy, dict):
        raise MalformedFile(f"{where}: `policy` must hold settings (`policy: {{name: value}}`)")
    for key in policy:
        if key not in POLICY:
            raise MalformedFile(f"{where}: policy.{key} is unknown; known: {', '.join(POLICY)}")
    chosen = {key: _setting(key, value, where) for key, value in policy.items()}
    return Codebook(_text(data.get("name", ""), f"{where}: name"), fields, chosen, str(data.get("title", "")))


_FIELD = ("name", "question", "type", "allowed", "labels", "many", "per", "table", "source", "keywords", "synonyms")


def _field(item: Any, where: str) -> Field:
    if not isinstance(item, dict) or "name" not in item or "question" not in item:
        raise MalformedFile(f"{where}: a field needs `name` and `question`")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(item["name"])):
        raise MalformedFile(f"{where}: name {item['name']!r} must be lower case letters, digits and _")
    where = f"{where} ({item['name']})"
    _known(item, _FIELD, where)
    kind, per = item.get("type", "text"), item.get("per", "study")
    if kind not in field_types():
        raise MalformedFile(f"{where}: type {kind!r} is not one of {', '.join(field_types())}")
    if per not in SCOPES:
        raise MalformedFile(f"{where}: per {per!r} is not one of {', '.join(SCOPES)}")
    allowed = _texts(item, "allowed", where)
    if kind == "category" and not allowed:
        raise MalformedFile(f"{where}: a category needs its values: `allowed: [one, another]`")
    labels = _texts(item, "labels", where)
    for label in labels:
        if not is_entity(label):
            raise MalformedFile(f"{where}: label {label!r} is no entity; known: {', '.join(entity_labels())}")
    source = _text(item.get("source") or "", f"{where}: source")
    if source and source not in built_in():
        raise MalformedFile(f"{where}: source {source!r} is no built-in field; known: {', '.join(built_in())}")
    return Field(
        name=item["name"],
        question=_text(item["question"], f"{where}: question"),
        type=kind,
        allowed=allowed,
        labels=labels,
        many=_truth(item.get("many", True), f"{where}: many"),
        per=per,
        table=_text(item.get("table", "study"), f"{where}: table"),
        source=source,
        keywords=_texts(item, "keywords", where),
        synonyms=_synonyms(item.get("synonyms") or {}, allowed, where),
    )


def _synonyms(given: Any, allowed: Sequence[str], where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, dict):
        raise MalformedFile(f"{where}: synonyms must map values of `allowed` to lists of other wordings")
    found = {_text(value, f"{where}: synonyms"): _texts(given, value, f"{where}: synonyms") for value in given}
    strange = [value for value in found if value not in allowed]
    if strange:
        raise MalformedFile(
            f"{where}: synonyms of {strange[0]!r}, which `allowed` lacks; allowed: {', '.join(allowed)}"
        )
    return found


def _setting(key: str, value: Any, where: str) -> Any:
    """Return a policy setting as it is meant, whether it was read as text or as a number."""
    legal = POLICY[key]
    meant = _TRUTH.get(str(value).lower(), value) if True in legal else value
    for choice in legal:
        if str(choice) == str(meant):
            return choice
    raise MalformedFile(f"{where}: policy.{key} is {value!r}; allowed: {', '.join(map(str, legal))}")


def _known(data: Mapping[Any, Any], known: Sequence[str], where: str) -> None:
    unknown = sorted(map(str, set(data) - set(known)))
    if unknown:
        raise MalformedFile(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(sorted(known))}")


def _text(value: Any, where: str) -> str:
    """Return a word or number as text; a truth value is none: YAML takes an unquoted yes or no for one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise MalformedFile(f"{where}: {value!r} is no text; put it in quotes")
    return str(value)


def _texts(data: Mapping[Any, Any], key: Any, where: str) -> tuple[str, ...]:
    given = data.get(key)
    if given is None or given == "":
        return ()
    if not isinstance(given, list | tuple):
        raise MalformedFile(f"{where}: {key} must be a list; write `{key}: [{given}]`")
    found = tuple(_text(value, f"{where}: {key}") for value in given)
    twice = next((value for value in found if found.count(value) > 1 or not value.strip()), None)
    if twice is not None:
        raise MalformedFile(f"{where}: {key} holds {twice!r} {'twice' if twice.strip() else 'which says nothing'}")
    return found


def _truth(value: Any, where: str) -> bool:
    if str(value).lower() not in _TRUTH:
        raise MalformedFile(f"{where} is {value!r}; write true or false")
    return _TRUTH[str(value).lower()]


@functools.cache
def built_in() -> tuple[str, ...]:
    """Return the names of the fields that vivex has extractors for: those of its own form."""
    data = read_yaml(template_path("invivo").read_bytes(), where="invivo", as_written=True)
    return tuple(str(item["name"]) for item in data["fields"])
