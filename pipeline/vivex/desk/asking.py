"""The form editor: what the codebook asks and how judgements are agreed on, changed in codebook.yaml and nowhere else.

What is typed is checked by the codebook's own reader. Before it is saved the desk tells what was decided under the old
form; a preview fills the new form for one paper whose proposals may be seen.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from vivex.annotation import JsonValue
from vivex.codebook import POLICY, SCHEMA, SCOPES, Codebook, Field, built_in, from_bytes, from_data
from vivex.desk.aside import Aside, Filled, Trial, fill
from vivex.desk.conventions import CONVENTIONS, Convention
from vivex.desk.desk_review import DeskReview
from vivex.desk.study_page import Data, place_data
from vivex.document import sha256
from vivex.errors import MalformedFile, ReviewError
from vivex.files import well_formed, write_bytes
from vivex.labels import entity_labels
from vivex.people.assign import assigned
from vivex.people.codebook_file import Asked, changed, rewritten
from vivex.people.form_change import consequences
from vivex.people.store import locked
from vivex.questions import NOT_REPORTED, field_types, name

_MOST = 2000  # questions, and words of a list, that are taken
_LONGEST = 20_000  # characters of a text
_KINDS = {
    "text": "Words or a value",
    "number": "A number",
    "category": "One of the categories",
    "quote": "A whole sentence",
    "means": "A mean of a group, with error and n",
}
_SCOPES = {"study": "the study", "group": "a group", "outcome": "an outcome"}


@dataclass(frozen=True, slots=True)
class FormDraft:
    """Hold a form as it is in the browser: its questions in order, the settings, and the file it was made from."""

    seen: str
    asked: tuple[Asked, ...]
    policy: Mapping[str, JsonValue] = field(default_factory=dict)


def form_data(desk: DeskReview) -> Data:
    """Return the form and the conventions as they stand, with what may be chosen for each."""
    codebook = desk.codebook
    hidden, called = desk.hidden(), desk.called
    return {
        "seen": _version(desk.review.codebook.read_bytes()),
        "fields": [_field(f) for f in codebook.fields],
        "kinds": [[kind, _KINDS.get(kind, kind)] for kind in field_types()],
        "scopes": [[scope, _SCOPES.get(scope, scope)] for scope in SCOPES],
        "mentions": [*entity_labels()],
        "builtIn": [[one, name(one)] for one in built_in()],
        "policy": [_convention(key, codebook) for key in POLICY],
        "papers": [[one, called.get(study, study)] for one, study in desk.studies().items() if study not in hidden],
        "handedOut": any(not one.left for one in assigned(desk.review)),
        "canEdit": not desk.read_only,
    }


def _field(asked: Field) -> Data:
    return {
        "was": asked.name,
        "name": asked.name,
        "question": asked.question,
        "type": asked.type,
        "allowed": [[value, [*asked.synonyms.get(value, ())]] for value in asked.allowed],
        "labels": [*asked.labels],
        "many": asked.many,
        "per": asked.per,
        "table": asked.table,
        "source": asked.source,
        "keywords": [*asked.keywords],
    }


def _convention(key: str, codebook: Codebook) -> Data:
    worded = CONVENTIONS.get(key, Convention((), name(key), {}))
    return {
        "key": key,
        "items": [*worded.items],
        "asked": worded.asked,
        "value": codebook.setting(key),
        "choices": [[value, words] for value, words in _choices(key, worded)],
        "usual": POLICY[key][0],
    }


def _choices(key: str, worded: Convention) -> Iterator[tuple[str | int, str]]:
    """Yield a setting's values as they are worded, those that nobody worded last."""
    yield from worded.choices.items()
    yield from ((value, str(value)) for value in POLICY[key] if value not in worded.choices)


def draft_of(sent: Mapping[str, object]) -> FormDraft:
    """Return the form that the browser sends; raise MalformedFile that names the question and key that is wrong."""
    asked, policy = sent.get("fields"), sent.get("policy", {})
    if not isinstance(asked, list) or not isinstance(policy, dict) or len(asked) > _MOST:
        raise ReviewError("the form comes as questions and settings; load the page again")
    return FormDraft(
        _words(sent.get("seen"), "the page"),
        tuple(_asked(one, number) for number, one in enumerate(asked, 1)),
        {str(key): value for key, value in policy.items() if isinstance(value, str | int)},
    )


def _asked(sent: object, number: int) -> Asked:
    """Return a question as it was typed, checked as one of codebook.yaml is."""
    where = f"question {number}"
    if not isinstance(sent, dict):
        raise MalformedFile(f"{where}: it must have a name and a wording")
    where = f"{where} ({_words(sent.get('name'), where) or 'without a name'})"
    typed = {key: _words(sent.get(key), where) for key in ("name", "question", "type", "per", "table", "source")}
    for key, remedy in (("name", "such as: anaesthesia"), ("question", "such as: Which anaesthetic was used?")):
        if not typed[key]:
            raise MalformedFile(f"{where}: give a {'wording' if key == 'question' else key}, {remedy}")
    allowed, synonyms = _categories(sent.get("allowed", []), where)
    data = {
        **{key: value for key, value in typed.items() if value},
        "allowed": allowed,
        "labels": _list(sent.get("labels", []), where),
        "keywords": _list(sent.get("keywords", []), where),
        "many": sent.get("many") is not False,
        "synonyms": synonyms,
    }
    with _at(where):
        (made,) = from_data({"schema": SCHEMA, "fields": [data]}, where="codebook").fields
    return Asked(made, _words(sent.get("was"), where))


@contextlib.contextmanager
def _at(where: str) -> Iterator[None]:
    """Tell a fault of one question as that of the question in the browser."""
    try:
        yield
    except MalformedFile as error:
        raise MalformedFile(re.sub(r"^codebook: (fields\[0\]( \([^)]*\))?: )?", f"{where}: ", str(error))) from error


def _categories(sent: object, where: str) -> tuple[list[str], dict[str, list[str]]]:
    allowed: list[str] = []
    synonyms: dict[str, list[str]] = {}
    for pair in sent if isinstance(sent, list) else ():
        if not isinstance(pair, list) or len(pair) != 2:
            raise MalformedFile(f"{where}: a category comes with its other wordings; load the page again")
        value = _words(pair[0], where)
        if value:
            allowed.append(value)
            if words := _list(pair[1], where):
                synonyms[value] = words
    return allowed, synonyms


def _list(sent: object, where: str) -> list[str]:
    if not isinstance(sent, list) or len(sent) > _MOST:
        raise MalformedFile(f"{where}: a list of words was expected; load the page again")
    return [words for one in sent if (words := _words(one, where))]


def _words(sent: object, where: str) -> str:
    """Return a typed text on one line."""
    if sent is None:
        return ""
    if not isinstance(sent, str) or well_formed(sent) != sent or len(sent) > _LONGEST:
        raise MalformedFile(f"{where}: {str(sent)[:40]!r} is no text of at most {_LONGEST} characters")
    return " ".join(sent.split())


def check_form(desk: DeskReview, draft: FormDraft) -> Data:
    """Return what becomes of what was decided, one line for each thing that is asked otherwise; write nothing."""
    before, _, now = _both(desk, draft)
    asks = [one.field.name for one in draft.asked if one.field.name not in before.asks]
    return {"said": consequences(desk.review, before, now), "newFields": asks}


def save_form(desk: DeskReview, draft: FormDraft) -> Data:
    """Write the form into codebook.yaml, and return it as it stands then."""
    desk.may_write()
    with desk.turn, locked(desk.review):
        _, written, _ = _both(desk, draft)
        write_bytes(desk.review.codebook, written)
    return form_data(desk)


def _both(desk: DeskReview, draft: FormDraft) -> tuple[Codebook, bytes, Codebook]:
    """Return the codebook of now, the new file's bytes, and its codebook."""
    path = desk.review.codebook
    data = path.read_bytes()
    if _version(data) != draft.seen:
        raise ReviewError("codebook.yaml was changed meanwhile, by hand or by another window; load this page again")
    names = [one.was for one in draft.asked if one.was]
    if len(set(names)) < len(names):
        raise ReviewError("one question came twice; load this page again")
    before = from_bytes(data, where=path.name)
    asked = [_as_written(one, {f.name: f for f in before.fields}) for one in draft.asked]
    written = rewritten(data, asked, draft.policy, where=path.name)
    return before, written, from_bytes(written, where=path.name)


def _as_written(one: Asked, before: Mapping[str, Field]) -> Asked:
    """Return a question with what came back as it was shown put as it is written: the browser has texts on one line."""
    was = before.get(one.was)
    if was is None:
        return one
    same = [f.name for f in fields(Field) if _flat(getattr(was, f.name)) == _flat(getattr(one.field, f.name))]
    return replace(one, field=replace(one.field, **{key: getattr(was, key) for key in same}))


def _flat(value: object) -> object:
    """Return a field's value with each text on one line."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {_flat(key): _flat(of) for key, of in value.items()}
    return tuple(map(_flat, value)) if isinstance(value, tuple) else value


def preview(desk: DeskReview, aside: Aside, draft: FormDraft, study: str, field_name: str) -> Data:
    """Return what the form, as it is in the browser, would propose for one of its questions in a paper."""
    if desk.hides(study):
        raise ReviewError("this study is judged blind; look at another paper")
    codebook = changed(desk.codebook, draft.asked, draft.policy, where="the form")
    if field_name not in codebook.asks:
        raise ReviewError("the form asks no such question; load the page again")
    trial = Trial(desk.review.outputs, study, desk.review.models, desk.review.codebook, codebook)
    filled: Filled = aside.run(fill, trial)
    question, document = codebook.questions[f"form.{field_name}"], desk.files(study).document
    return {
        "values": [
            {"value": question.show(a.value), "group": a.group, "evidence": place_data(a.evidence, document)}
            for a in filled.values.get(question.label, ())
            if a.value != NOT_REPORTED
        ],
        "further": len(filled.further.get(question.label, ())),
    }


def _version(data: bytes) -> str:
    return sha256(data)[:16]


def hand_out_new(desk: DeskReview, fields: Sequence[str]) -> list[str]:
    """Hand new questions out as `vivex assign --fields` does, and return what was said of it."""
    desk.may_write()
    if desk.assign is None:
        raise ReviewError("questions are handed out by `vivex assign --fields NAME`")
    unknown = [one for one in fields if one not in desk.codebook.asks]
    if unknown or not fields:
        raise ReviewError("the form asks no such question; save it first")
    return desk.assign(["--fields", *fields])
