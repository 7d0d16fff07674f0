"""spaCy's DocBin: texts as Docs whose marks are spans, also overlapping ones, and entities where they don't overlap."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.errors import MalformedFile
from vivex.exchange.formats import ANNOTATIONS, Brought, Files, Format, MarkedSpan, MarkedText, Material

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SPANS = "vivex"  # the key of doc.spans under which all marks stand


def write_docbin(material: Material) -> Files:
    """Return one .spacy file; words are cut where a mark begins or ends, so that no mark is lost or widened."""
    from spacy.tokens import DocBin

    nlp = _english()
    bin_ = DocBin(store_user_data=True)
    for text in material.texts():
        bin_.add(_doc(nlp, text))
    data: bytes = bin_.to_bytes()
    return {"vivex.spacy": data}


@functools.cache
def _english() -> Language:
    """Return spaCy's rules for English words."""
    import spacy

    return spacy.blank("en")


def _doc(nlp: Language, text: MarkedText) -> Doc:
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans

    begins, ends = {span.start for span in text.spans}, {span.end for span in text.spans}
    cuts = sorted(
        {0, len(text.text), *begins, *ends, *(at for t in nlp.make_doc(text.text) for at in (t.idx, t.idx + len(t)))}
    )
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    for start, end in itertools.pairwise(cuts):
        piece = text.text[start:end]
        if piece == " " and words and not spaces[-1] and start not in begins and end not in ends:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
            starts.append(start)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    at = {start: number for number, start in enumerate(starts)}
    after = {start + len(word): number + 1 for number, (start, word) in enumerate(zip(starts, words, strict=True))}
    spans = [Span(doc, at[s.start], after[s.end], label=s.label, kb_id=s.normal, span_id=s.group) for s in text.spans]
    doc.spans[SPANS] = spans
    doc.ents = filter_spans(spans)
    told = [[s.by, s.page] for s in text.spans]
    doc.user_data = {"study": text.study, "title": text.title, "told": told}
    return doc


def read_docbin(path: Path) -> Brought:
    """Read a .spacy file: the spans under the key "vivex", else all span groups, else the entities."""
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(_english().vocab))
    except Exception as error:
        raise MalformedFile(f"{path}: no DocBin of spaCy 3 ({type(error).__name__}: {error})") from error
    texts = []
    for number, doc in enumerate(docs, 1):
        groups = [doc.spans[SPANS]] if SPANS in doc.spans else list(doc.spans.values())
        marks = [span for group in groups for span in group] or list(doc.ents)
        told = doc.user_data.get("told") or []
        kept = told if len(told) == len(marks) else [["", None]] * len(marks)
        spans = tuple(
            MarkedSpan(m.label_, ((m.start_char, m.end_char),), m.kb_id_, str(by), m.id_, page)
            for m, (by, page) in zip(marks, kept, strict=True)
        )
        study = str(doc.user_data.get("study") or number)
        texts.append(MarkedText(study, doc.text, spans, str(doc.user_data.get("title") or "")))
    return Brought(texts=tuple(texts))


FORMAT = Format(
    program="spaCy (DocBin)",
    holds=ANNOTATIONS,
    about='`vivex.spacy`, a Doc for each study: all marks in `doc.spans["vivex"]` with the normal form as `kb_id_`, '
    "those that don't overlap also in `doc.ents`.",
    loses="marks whose parts stand apart (they are marked through)",
    write=write_docbin,
    read=read_docbin,
    suffixes=(".spacy",),
)
