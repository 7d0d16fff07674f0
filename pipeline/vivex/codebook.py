"""The codebook of a review: what the form asks and which conventions the SYRCLE judgements follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.errors import MalformedFile
from vivex.questions import KINDS, REPORTING, SYRCLE, Question, field_types, name
from vivex.questions import NOT_REPORTED as NOT_REPORTED

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
    def label(self) -> str:
        """Return the label that its answers carry."""
        return f"form.{self.name}"

    def ask(self) -> Question:
        """Return the field as a question."""
        kind = KINDS[self.type]
        genes = bool({"gene", "mirna"} & set(self.labels)) or (self.source or self.name) in ("mirna", "target_gene")
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
    def questions(self) -> dict[str, Question]:
        """Return label -> question of all that a full review of a paper answers: the form, SYRCLE, what is reported."""
        asked = (*(f.ask() for f in self.fields), *SYRCLE.values(), *REPORTING.values())
        return {question.label: question for question in asked}

    def setting(self, name: str) -> Any:
        """Return a policy setting, or its default where the codebook is silent."""
        return self.policy.get(name, POLICY[name][0])


def read_codebook(path: Path) -> Codebook:
    """Read a codebook.yaml; raise MalformedFile naming the key that is wrong."""
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise MalformedFile(f"{path}: not YAML ({str(error).splitlines()[0]}); correct the line it names") from error
    return from_data(data, where=str(path))


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
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise MalformedFile(f"{where}: expected `schema: {SCHEMA}` at the top")
    unknown = set(data) - {"schema", "name", "title", "fields", "policy"}
    if unknown:
        raise MalformedFile(f"{where}: unknown key {sorted(unknown)[0]!r}; known: schema, name, title, fields, policy")
    fields = tuple(_field(item, f"{where}: fields[{i}]") for i, item in enumerate(data.get("fields") or ()))
    if not fields:
        raise MalformedFile(f"{where}: `fields` is empty; ask at least one question")
    names = [f.name for f in fields]
    twice = next((asked for asked in names if names.count(asked) > 1), None)
    if twice is not None:
        raise MalformedFile(f"{where}: field {twice!r} is asked twice; rename one")
    policy = data.get("policy") or {}
    for key, value in policy.items():
        if key not in POLICY:
            raise MalformedFile(f"{where}: policy.{key} is unknown; known: {', '.join(POLICY)}")
        if value not in POLICY[key]:
            raise MalformedFile(f"{where}: policy.{key} is {value!r}; allowed: {', '.join(map(str, POLICY[key]))}")
    return Codebook(str(data.get("name", "")), fields, dict(policy), str(data.get("title", "")))


def _field(item: Any, where: str) -> Field:
    if not isinstance(item, dict) or "name" not in item or "question" not in item:
        raise MalformedFile(f"{where}: a field needs `name` and `question`")
    known = {"name", "question", "type", "allowed", "labels", "many", "per", "table", "source", "keywords", "synonyms"}
    unknown = set(item) - known
    if unknown:
        raise MalformedFile(f"{where}: unknown key {sorted(unknown)[0]!r}; known: {', '.join(sorted(known))}")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(item["name"])):
        raise MalformedFile(f"{where}: name {item['name']!r} must be lower case letters, digits and _")
    kind, per = item.get("type", "text"), item.get("per", "study")
    if kind not in field_types():
        raise MalformedFile(f"{where}: type {kind!r} is not one of {', '.join(field_types())}")
    if per not in SCOPES:
        raise MalformedFile(f"{where}: per {per!r} is not one of {', '.join(SCOPES)}")
    allowed = tuple(map(str, item.get("allowed") or ()))
    synonyms = item.get("synonyms") or {}
    if not isinstance(synonyms, dict) or set(map(str, synonyms)) - set(allowed):
        raise MalformedFile(f"{where}: synonyms must map values of `allowed` to lists of other wordings")
    return Field(
        name=item["name"],
        question=str(item["question"]),
        type=kind,
        allowed=allowed,
        labels=tuple(item.get("labels") or ()),
        many=bool(item.get("many", True)),
        per=per,
        table=str(item.get("table", "study")),
        source=str(item.get("source", "")),
        keywords=tuple(map(str, item.get("keywords") or ())),
        synonyms={str(value): tuple(map(str, words)) for value, words in synonyms.items()},
    )
