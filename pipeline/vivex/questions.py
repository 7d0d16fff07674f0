"""What may be asked of a paper, and what an answer is: how it is worded, typed, shown and compared.

Every question has a label (form.<field>, syrcle.<item>, reporting.<item>, or that of an entity) and an `AnswerKind`,
which is declared once, here, for every surface: a codebook's `type`, a workbook's dropdown, what the importer reads,
when two people say the same. `docs/writing-a-codebook.md` shows how to declare a further kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from vivex.annotation import JUDGEMENTS, REPORTING_ITEMS, SYRCLE_ITEMS, JsonValue
from vivex.errors import VivexError
from vivex.group_means import HINT, mean_of, read_mean, same_mean, show_mean
from vivex.quantities import count
from vivex.schedules import normal
from vivex.spoilt_names import spoilt_name
from vivex.vocabulary import said

NOT_REPORTED = "not reported"


class UnreadableAnswer(VivexError):
    """Say why what a person typed is no answer to the question, and what to type."""


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """Declare a kind of answer: how a typed text is read, how a value is shown, and when two values are the same."""

    name: str
    read: Callable[[Question, str], JsonValue]  # a typed text, never empty; raise UnreadableAnswer with the remedy
    normal: Callable[[JsonValue], Hashable]  # the same for values that say the same
    show: Callable[[JsonValue], str]
    legal: Callable[[Question, JsonValue], bool] = lambda question, value: value not in (None, "")
    form: str = "a value"  # what a legal value is, as it stands in annotations/
    field_type: bool = True  # may be the `type` of a codebook's field
    single: bool = False  # takes one answer (for each outcome), whatever the codebook says
    silence: bool = True  # "not reported" is an answer
    choice: bool = False  # takes the codebook's `allowed` values only
    evident: Callable[[JsonValue], str] | None = None  # what of a value its evidence must hold; None: all that is shown
    most: int = 8  # values that a field of this type is given at most, where no built-in extractor fills it


@dataclass(frozen=True, slots=True)
class Question:
    """Ask one thing of a paper."""

    label: str
    kind: AnswerKind
    name: str  # a few words: "target gene", "Sequence generation"
    wording: str  # the question in full
    categories: tuple[str, ...] = ()  # the only values, in their order; () where answers are free
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # category -> its other wordings
    several: bool = True  # several values may be right together
    per: str = "study"  # study, group or outcome: what one value belongs to
    table: str = ""
    vocabulary: str = ""  # whose wordings of one term are one answer: "i.p." is "intraperitoneal"
    genes: bool = False  # asks for names of genes or microRNAs, which spreadsheets turn into dates and numbers
    number: int = 0  # of a SYRCLE item
    bias: str = ""  # of a SYRCLE item: the kind of bias that it concerns

    @property
    def choices(self) -> tuple[str, ...]:
        """Return what a surface offers to choose from, in order; () where answers are free."""
        if not self.categories:
            return ()
        words = tuple(self.show(self.parse(category)) for category in self.categories)
        return (*words, NOT_REPORTED) if self.kind.silence else words

    def parse(self, text: str) -> JsonValue:
        """Return the value that a typed text stands for; raise UnreadableAnswer with the remedy where it is none.

        "nr", "n.r.", "not stated" and their like are "not reported" where that is an answer.
        """
        words = typed(text)
        if not words:
            raise UnreadableAnswer("no value is given; type it, or clear the row")
        if self.kind.silence and not self._offers(words):
            if _bare(words) in _SILENT:
                return NOT_REPORTED
            if _bare(words) in _VAGUE:
                raise UnreadableAnswer(
                    f"{words!r} may say that the paper is silent, or that the question doesn't apply; "
                    f"write “{NOT_REPORTED}”, or say it in words"
                )
        return self.kind.read(self, words)

    def show(self, value: JsonValue) -> str:
        """Return a value as a reviewer reads it; `parse` reads it back."""
        return self.kind.show(value)

    def key(self, value: JsonValue) -> Hashable:
        """Return the value's normal form: equal for values that say the same."""
        if self.kind.silence and value == NOT_REPORTED:
            return NOT_REPORTED
        term = said(self.vocabulary, self.show(value)) if self.vocabulary else None
        return self.kind.normal(value if term is None else term.name)

    def same(self, one: JsonValue, other: JsonValue) -> bool:
        """Tell whether two values say the same."""
        return self.key(one) == self.key(other)

    def legal(self, value: JsonValue) -> bool:
        """Tell whether a value may stand in annotations/ as an answer to the question."""
        return (self.kind.silence and value == NOT_REPORTED) or self.kind.legal(self, value)

    def _offers(self, words: str) -> bool:
        return any(words.casefold() == c.casefold() for c in self.categories)


# -- kinds of answers


def _read_judgement(question: Question, text: str) -> JsonValue:
    """Return the judgement that "Low risk", "L", "+" or "high risk of bias" says; two at once are none."""
    word = _JUDGED.fullmatch(text.strip().casefold())
    found = _JUDGEMENT_WORDS.get(word.group(1)) if word else None
    if found is None:
        raise UnreadableAnswer(f"{text!r} is no judgement; choose {_or(question.categories)}")
    return {"judgement": found}


def _read_reported(question: Question, text: str) -> JsonValue:
    answer = _REPORTED_WORDS.get(_bare(text), False if _bare(text) in _SILENT else None)
    if answer is None:
        raise UnreadableAnswer(f"{text!r} is no answer; choose {_or(question.categories)}")
    return {"reported": answer}


def _read_category(question: Question, text: str) -> JsonValue:
    for value in question.categories:
        if text.casefold() in (value.casefold(), *(w.casefold() for w in question.synonyms.get(value, ()))):
            return value
    if not question.categories:
        return _read_text(question, text)
    choices = ", ".join((*question.categories, NOT_REPORTED))
    raise UnreadableAnswer(f"{text!r} is not one of the values that the codebook allows ({choices}); choose one")


def _read_number(question: Question, text: str) -> JsonValue:
    if not re.search(r"\d", text) and count(text) is None:  # "twenty-four" is a number too
        raise UnreadableAnswer(f"{text!r} holds no number, which the field asks for; type it in figures")
    return text


def _read_mean(question: Question, text: str) -> JsonValue:
    """Return a group's mean in the one wording."""
    mean = read_mean(text)
    if mean is None:
        raise UnreadableAnswer(f"{text!r} is no group's mean; write “{HINT}”, without what the paper doesn't say")
    return show_mean(mean)


def _normal_mean(value: JsonValue) -> Hashable:
    mean = read_mean(shown(value))
    return _normal(value) if mean is None else same_mean(mean)


def _is_mean(question: Question, value: JsonValue) -> bool:
    return bool(mean_of(value))


def _read_text(question: Question, text: str) -> JsonValue:
    if text in ("TRUE", "FALSE"):  # a ticked box, or what a spreadsheet makes of "true"
        raise UnreadableAnswer(f"{text!r} says yes or no, and the question asks for more; type the value in words")
    if question.genes and (spoilt := spoilt_name(text)):
        raise UnreadableAnswer(spoilt)
    return text


def _allowed(question: Question, value: JsonValue) -> bool:
    return value in question.categories if question.categories else value not in (None, "")


def _read_entity(question: Question, text: str) -> JsonValue:
    return {"text": text, "normal": text}


def _judgement_of(value: JsonValue) -> str:
    return str(value.get("judgement", "")) if isinstance(value, Mapping) else str(value or "")


def _reported_of(value: JsonValue) -> bool:
    stated = value.get("reported") if isinstance(value, Mapping) else value
    return stated in (True, "yes", "reported")


def _normal_reported(value: JsonValue) -> Hashable:
    return "reported" if _reported_of(value) else NOT_REPORTED


def _show_reported(value: JsonValue) -> str:
    stated = value.get("reported") if isinstance(value, Mapping) else value
    return "" if stated in (None, "") else "yes" if _reported_of(value) else "no"


def _normal(value: JsonValue) -> Hashable:
    return normal_text(shown(value))


def shown(value: JsonValue) -> str:
    """Return any value as a reviewer reads it; 0 and False are values, None is nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        for key in ("normal", "value", "text", "judgement", "reported"):
            if value.get(key) not in (None, ""):
                return shown(value[key])
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(shown(v) for v in value)
    return str(value)


_JUDGEMENT_KIND = AnswerKind(
    "judgement",
    _read_judgement,
    _judgement_of,
    _judgement_of,
    lambda question, value: isinstance(value, Mapping) and value.get("judgement") in question.categories,
    f'{{"judgement": {"|".join(JUDGEMENTS)}}}',
    field_type=False,
    single=True,
    silence=False,
)
_REPORTING_KIND = AnswerKind(
    "reporting",
    _read_reported,
    _normal_reported,
    _show_reported,
    lambda question, value: isinstance(value, Mapping) and isinstance(value.get("reported"), bool),
    '{"reported": true|false}',
    field_type=False,
    single=True,
    silence=False,
)
_ENTITY_KIND = AnswerKind("entity", _read_entity, _normal, shown, field_type=False, silence=False)
_TEXT_KIND = AnswerKind("text", _read_text, _normal, shown)
KINDS: dict[str, AnswerKind] = {
    kind.name: kind
    for kind in (
        _JUDGEMENT_KIND,
        _REPORTING_KIND,
        _ENTITY_KIND,
        _TEXT_KIND,
        AnswerKind("number", _read_number, _normal, shown, most=2),
        AnswerKind(
            "category",
            _read_category,
            _normal,
            shown,
            _allowed,
            "a value that the codebook allows",
            choice=True,
            most=12,
        ),
        AnswerKind("quote", _read_text, _normal, shown, most=2),
        AnswerKind("means", _read_mean, _normal_mean, shown, _is_mean, f"“{HINT}”", evident=mean_of, most=400),
    )
}


def field_types() -> tuple[str, ...]:
    """Return the names that a codebook's field may have as its type."""
    return tuple(name for name, kind in KINDS.items() if kind.field_type)


# -- what is typed

_SILENT = frozenset(
    ("not reported", "not_reported", "nr", "n.r", "n. r", "not stated", "not given", "not mentioned", "not described")
)
_VAGUE = frozenset(("n/a", "na", "n.a", "none", "nil", "-", "–", "—", "--", "/", "?", "x"))
_JUDGEMENT_WORDS = {
    **dict.fromkeys(("low", "l", "+"), "low"),
    **dict.fromkeys(("high", "h", "-", "−", "–"), "high"),
    **dict.fromkeys(("unclear", "u", "?"), "unclear"),
}
_JUDGED = re.compile(r"(\w+|[-+−–?])(?: risk)?(?: of bias)?[\s.!]*")
_REPORTED_WORDS = {
    **dict.fromkeys(("yes", "y", "true", "reported", "stated"), True),
    **dict.fromkeys(("no", "n", "false"), False),
}


def typed(text: str) -> str:
    """Return a typed text without surrounding white space and without the marks that spreadsheets leave in files."""
    return re.sub(r"_x000[dD]_\n?", "\n", text).replace("\r\n", "\n").strip()  # an escaped carriage return


def _bare(words: str) -> str:
    """Return the words as they are looked up: lower case, without an end mark."""
    return re.sub(r"\s+", " ", words).strip().strip(".!").casefold() or words.strip()


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


# -- what is the same

normal_text = normal  # without differences that mean nothing: "0.25 kg" is "250 g", 10⁶ is 10^6 but not 106


# -- the questions

_SPELT = {"mirna": "miRNA", "mirnas": "miRNAs", "oa": "OA", "msc": "MSC", "mscs": "MSCs", "rna": "RNA", "dna": "DNA"}


def name(label: str) -> str:
    """Return a label or item as words: "form.target_gene" is "target gene"."""
    return " ".join(_SPELT.get(word, word) for word in label.rpartition(".")[2].split("_"))


def heading(label: str) -> str:
    """Return a label or item as the words of a heading: "Target gene", but "miRNA" and "n total"."""
    first, _, rest = name(label).partition(" ")
    first = first if first == "n" or not first.islower() else first.capitalize()
    return f"{first} {rest}".strip()


# The items as Hooijmans et al. 2014 (BMC Med Res Methodol 14:43, table 2) word them: bias, the column header that
# robvis shows in its legend, question.
_SYRCLE = (
    ("Selection", "Sequence generation", "Was the allocation sequence adequately generated and applied?"),
    (
        "Selection",
        "Baseline characteristics",
        "Were the groups similar at baseline or were they adjusted for confounders in the analysis?",
    ),
    ("Selection", "Allocation concealment", "Was the allocation adequately concealed?"),
    ("Performance", "Random housing", "Were the animals randomly housed during the experiment?"),
    (
        "Performance",
        "Blinding (performance)",
        "Were the caregivers and/or investigators blinded from knowledge which intervention each animal received "
        "during the experiment?",
    ),
    ("Detection", "Random outcome assessment", "Were animals selected at random for outcome assessment?"),
    ("Detection", "Blinding (detection)", "Was the outcome assessor blinded?"),
    ("Attrition", "Incomplete outcome data", "Were incomplete outcome data adequately addressed?"),
    ("Reporting", "Selective outcome reporting", "Are reports of the study free of selective outcome reporting?"),
    (
        "Other",
        "Other sources of bias",
        "Was the study apparently free of other problems that could result in high risk of bias?",
    ),
)
_REPORTING = (
    "Random allocation of animals to groups is mentioned",
    "Blinding of anyone is mentioned",
    "Concealment of the allocation is mentioned",
    "A sample size calculation is reported",
    "Excluded or lost animals, or criteria for exclusion, are mentioned",
    "A statement of interests is given",
    "Approval or a guideline for animal welfare is stated",
    "Housing conditions are described",
)

# item -> its question, in the order of the tool
SYRCLE: dict[str, Question] = {
    item: Question(
        f"syrcle.{item}",
        _JUDGEMENT_KIND,
        short,
        asked,
        JUDGEMENTS,
        several=False,
        table="syrcle",
        number=number,
        bias=bias,
    )
    for number, (item, (bias, short, asked)) in enumerate(zip(SYRCLE_ITEMS, _SYRCLE, strict=True), 1)
}
REPORTING: dict[str, Question] = {
    item: Question(
        f"reporting.{item}", _REPORTING_KIND, heading(item), asked, ("yes", "no"), several=False, table="reporting"
    )
    for item, asked in zip(REPORTING_ITEMS, _REPORTING, strict=True)
}


def question(label: str, asked: Mapping[str, Question] | None = None) -> Question:
    """Return the question of a label; `asked` are those of the codebook (`Codebook.questions`).

    A field that the codebook no longer asks takes any text.
    """
    head, _, tail = label.partition(".")
    if not tail:
        return Question(label, _ENTITY_KIND, name(label), f"Which passages name a {name(label)}?", table="entities")
    if asked is not None and label in asked:
        return asked[label]
    known = {"syrcle": SYRCLE, "reporting": REPORTING}.get(head, {})
    return known.get(tail) or Question(label, _TEXT_KIND, name(label), "", table="study")
