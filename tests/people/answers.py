"""Let people answer questions of the small review."""

from __future__ import annotations

import json

from vivex.annotation import Annotation, find_quote, to_json
from vivex.codebook import read_codebook
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.store import Session

STUDY = "ames-2019"


def say(review, who, label, *values, quote="", group="", note="", blind=False, decision="added"):
    """Let a reviewer answer a label."""
    places = (find_quote(quote, document(review, STUDY)),) if quote else ()
    made = [
        Annotation(STUDY, label, v, places, f"reviewer:{who}", None, group=group, decision=decision, note=note)
        for v in values
    ]
    take_in(review, who, made, Session("w.xlsx", "", blind))


def answer_all(review, who, *, but="", blind=False):
    """Let a reviewer answer every question of the study, one perhaps left out."""
    made = []
    for label, asked in read_codebook(review.codebook).questions.items():
        value = low() if label.startswith("syrcle.") else {"reported": True}
        if label != but:
            given = value if asked.kind.single else "24"
            made.append(Annotation(STUDY, label, given, (), f"reviewer:{who}", None, decision="added"))
    take_in(review, who, made, Session("w.xlsx", "", blind))


def low(word="low"):
    """Return a judgement's value."""
    return {"judgement": word}


def ask_more(review):
    """Add a question to the review's codebook."""
    text = review.codebook.read_text(encoding="utf-8")
    new = 'fields:\n  - {name: anaesthesia, question: "Which anaesthetic was used?"}\n'
    review.codebook.write_text(text.replace("fields:\n", new), encoding="utf-8")


def decided(*statements):
    """Return every decision that statements hold, also those that later ones took the place of."""
    standing = (a for s in statements for a in s.decisions)
    gone = (one.annotation for s in statements for one in s.superseded)
    return {json.dumps(to_json(a), sort_keys=True) for a in (*standing, *gone)}
