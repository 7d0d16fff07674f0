"""One study in the report: its form, SYRCLE items, reporting items and mentions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from vivex import questions
from vivex.annotation import REPORTING_ITEMS, Annotation, Evidence
from vivex.codebook import NOT_REPORTED, Codebook, Field
from vivex.files import clean
from vivex.forms import rows, wording
from vivex.forms.report.bound import bound_tables
from vivex.forms.report.snippets import Snippet, key
from vivex.labels import colours, entity_labels
from vivex.paper import Paper
from vivex.states import AWAITED, CONFLICT, OPEN, SETTLED, WORDS

PASSAGES_SHOWN = 6  # of one value
MENTIONS_SHOWN = 60  # values of one label


def esc(text: str) -> str:
    """Return the text as HTML text or attribute: nothing in it is markup."""
    return escape(clean(text), quote=True)


def dot(judgement: str, state: str) -> str:
    """Return a judgement as a coloured dot with its symbol, and where it stands."""
    symbol = {CONFLICT: "≠", AWAITED: "½"}.get(state) or wording.JUDGEMENT_SYMBOLS.get(judgement, "·")
    words = f"{judgement}: {WORDS[state]}" if judgement else WORDS[state]
    return f'<span class="dot {_class(judgement)} {state}" title="{esc(words)}">{symbol}</span>'


def badge(paper: Paper, label: str, found: Sequence[Annotation] = ()) -> str:
    """Return where an item stands, with who settled it; "" where no person has a say in any."""
    if not paper.states:
        return ""
    state = paper.state(label)
    people = list(dict.fromkeys(rows.voice(a) for a in found)) if state == SETTLED else []
    who = f" ({esc(', '.join(people))})" if people else ""
    return f'<p class="state {state}">{WORDS[state]}{who}</p>'


def _class(judgement: str) -> str:
    return judgement if judgement in wording.JUDGEMENT_SYMBOLS else "unjudged"


def study_section(paper: Paper, codebook: Codebook, number: int, pictures: Mapping[str, Snippet], link: str) -> str:
    """Return the section of a study; `link` leads to its highlighted PDF ("" where there is none)."""
    show = _Evidence(paper, number, pictures, link)
    syrcle = rows.by_label(paper, "syrcle")
    judged = {
        f"{rows.judgement(a)}-{questions.SYRCLE[item].number}"
        for item, found in syrcle.items()
        if item in questions.SYRCLE and paper.state(f"syrcle.{item}") != CONFLICT
        for a in found
    }
    parts = [
        f'<section class="study" id="s{number}" tabindex="-1" data-judged="{esc(" ".join(sorted(judged)))}">',
        f"<h2>{esc(rows.title(paper) or paper.called)}</h2>",
        f'<p class="sub">{_byline(paper, link)}</p>',
        *(f'<p class="warn">{esc(w)}</p>' for w in paper.document.warnings),
    ]
    for table in codebook.tables:
        parts.append(f"<h3>{esc(questions.heading(table))}</h3>")
        parts.append(_form(paper, codebook, table, show))
    parts.append(bound_tables(paper))
    parts += ["<h3>Risk of bias (SYRCLE)</h3>", _syrcle(syrcle, show)]
    parts += ["<h3>What the paper states</h3>", _reporting(rows.by_label(paper, "reporting"), show)]
    parts += [_mentions(paper), "</section>"]
    return "\n".join(part for part in parts if part)


def _byline(paper: Paper, link: str) -> str:
    meta = paper.document.meta
    ref = paper.publication.reference
    known = [paper.called, paper.study, ref.journal or meta.get("journal", ""), ref.year or meta.get("year", "")]
    if ref.doi or meta.get("doi"):
        known.append(f"doi:{ref.doi or meta['doi']}")
    if paper.document.pages:
        known.append(f"{len(paper.document.pages)} pages")
    line = " · ".join(esc(part) for part in dict.fromkeys(known) if part)
    return line + (f' · <a href="{esc(link)}">highlighted PDF</a>' if link else "")


def _form(paper: Paper, codebook: Codebook, table: str, show: _Evidence) -> str:
    by_field: dict[str, list[Annotation]] = {}
    fields: dict[str, Field] = {}
    for field, a in rows.form_rows(paper, codebook, table=table):
        fields[field.name] = field
        by_field.setdefault(field.name, []).append(a)
    further = rows.alternatives(paper.form, study=paper.study)
    lines = []
    for name, found in by_field.items():
        label = fields[name].label
        known = [a for a in found if a.value is not None]
        cells = badge(paper, label, known) + _values(known, show) + _further(further.get(label, ()), show)
        head = f"{esc(questions.heading(name))}<small>{esc(fields[name].question)}</small>"
        lines.append(f'<tr><th scope="row">{head}</th><td>{cells}</td></tr>')
    return f'<div class="scroll"><table class="form"><tbody>{"".join(lines)}</tbody></table></div>'


def _values(found: Sequence[Annotation], show: _Evidence) -> str:
    """Return the values of a field; those that come from the same passage stand above it together."""
    passages: dict[tuple[Evidence, ...], list[Annotation]] = {}
    for a in found:
        passages.setdefault(a.evidence, []).append(a)
    blocks = []
    for evidence, together in passages.items():
        words = "".join(f"<li>{_value(a)}{_said_by(a, show)}</li>" for a in together if not _is_quote(a))
        words += "".join(f"<li>{_confidence(a.confidence)}</li>" for a in together if _is_quote(a))
        texts = [questions.shown(a.value) for a in together]
        quotes = "".join(show(e, texts) for e in evidence[:1])
        if len(evidence) > 1:
            others = "".join(show(e, texts, picture=False) for e in evidence[1:PASSAGES_SHOWN])
            quotes += f'<details class="more"><summary>{_more(len(evidence) - 1)}</summary>{others}</details>'
        blocks.append(f'<div class="value"><ul>{words}</ul>{quotes}</div>')
    return "".join(blocks)


def _further(candidates: Sequence[Annotation], show: _Evidence) -> str:
    """Return what else may be the answer, folded; nobody need decide on it."""
    if not candidates:
        return ""
    lines = []
    for a in candidates:
        quotes = "".join(show(e, [questions.shown(a.value)], picture=False) for e in a.evidence[:1])
        lines.append(f"<li>{_value(a)}{quotes}</li>")
    number = f"{len(candidates)} further candidate{'s' * (len(candidates) > 1)}"
    return f'<details class="further"><summary>{number}</summary><ul>{"".join(lines)}</ul></details>'


def _is_quote(a: Annotation) -> bool:
    """Tell whether the value is the sentence itself, so that it need not be shown twice."""
    value = rows.flat(questions.shown(a.value))
    return bool(a.evidence) and len(value) > 60 and value in rows.flat(a.evidence[0].quote)


def _more(number: int) -> str:
    return f"{number} further passage{'s' * (number > 1)}" + (
        f", {PASSAGES_SHOWN - 1} shown" if number >= PASSAGES_SHOWN else ""
    )


def _value(a: Annotation) -> str:
    text = questions.shown(a.value)
    words = f'<span class="none">{esc(text)}</span>' if a.value == NOT_REPORTED else f"<b>{esc(text)}</b>"
    group = f' <span class="group">{esc(a.group)}</span>' if a.group else ""
    return f"{words}{group} {_confidence(a.confidence)}"


def _said_by(a: Annotation, show: _Evidence) -> str:
    """Return who says it where reviewers disagree, and the reason that people give."""
    who = f' <span class="group">{esc(rows.voice(a))}</span>' if show.paper.state(a.label) == CONFLICT else ""
    return who + (f'<p class="rule">{esc(rows.flat(a.note))}</p>' if a.note else "")


def _confidence(value: float | None) -> str:
    if value is None:
        return ""
    percent = round(100 * min(max(value, 0.0), 1.0))
    return f'<span class="conf">confidence <i><span style="width:{percent}%"></span></i>{percent} %</span>'


def _syrcle(found: Mapping[str, list[Annotation]], show: _Evidence) -> str:
    lines = []
    for item, asked in questions.SYRCLE.items():
        head = f"{asked.number}. {esc(asked.name)}<small>{esc(asked.bias)} bias. {esc(asked.wording)}</small>"
        answers: Sequence[Annotation | None] = found.get(item) or [None]
        cells = badge(show.paper, asked.label, found.get(item, ())) + "".join(_judged(a, show) for a in answers)
        lines.append(f'<tr><th scope="row">{head}</th><td>{cells}</td></tr>')
    return f'<div class="scroll"><table class="syrcle"><tbody>{"".join(lines)}</tbody></table></div>'


def _judged(a: Annotation | None, show: _Evidence) -> str:
    kind = rows.judgement(a)
    symbol = wording.JUDGEMENT_SYMBOLS.get(kind, "·")
    state = show.paper.state(a.label) if a is not None else OPEN
    word = f'<span class="j {_class(kind)} {state}">{symbol} {esc(kind or "not judged")}</span>'
    if a is None:
        return "" if show.paper.states else f'<div class="value">{word}</div>'
    if state == CONFLICT:
        word += f' <span class="group">{esc(rows.voice(a))}</span>'
    group = f' <span class="group">{esc(a.group)}</span>' if a.group else ""
    rule = f'<p class="rule">{esc(rows.reason(a))}</p>' if rows.reason(a) else ""
    quotes = "".join(show(e, ()) for e in a.evidence[: rows.QUOTES_SHOWN]) + _signalling(a)
    return f'<div class="value">{word}{group} {_confidence(a.confidence)}{rule}{quotes}</div>'


def _signalling(a: Annotation) -> str:
    answers = "".join(f"<li>{esc(question)}: {esc(answer)}</li>" for question, answer in rows.signalling(a))
    if not answers:
        return ""
    return f'<details class="why"><summary>Signalling questions</summary><ul>{answers}</ul></details>'


def _reporting(found: Mapping[str, list[Annotation]], show: _Evidence) -> str:
    lines = []
    for item in REPORTING_ITEMS:
        asked = questions.REPORTING[item]
        stands = badge(show.paper, asked.label, found.get(item, ()))
        answers: Sequence[Annotation | None] = found.get(item) or [None]
        for a in answers:
            answer = rows.reported(a) or ("" if show.paper.states else "not judged")
            quotes = "".join(show(e, ()) for e in a.evidence[:1]) + _said_by(a, show) if a is not None else ""
            cells = f"{stands}<b>{answer}</b>{quotes}"
            lines.append(f'<tr><th scope="row">{esc(asked.wording)}</th><td>{cells}</td></tr>')
    return f'<div class="scroll"><table class="reporting"><tbody>{"".join(lines)}</tbody></table></div>'


def _mentions(paper: Paper) -> str:
    grouped: dict[str, dict[str, list[Annotation]]] = {}
    for a in paper.mentions:
        value = a.value if isinstance(a.value, Mapping) else {"text": a.value}
        normal = rows.flat(questions.shown(value.get("normal") or value.get("text")))
        grouped.setdefault(a.label, {}).setdefault(normal, []).append(a)
    if not grouped:
        return ""
    parts = []
    for label in (*entity_labels(), *sorted(set(grouped) - set(entity_labels()))):
        if label not in grouped:
            continue
        ordered = sorted(grouped[label].items(), key=lambda item: (-len(item[1]), item[0]))
        total = sum(len(found) for _, found in ordered)
        chips = "".join(_chip(label, normal, found) for normal, found in ordered[:MENTIONS_SHOWN])
        more = f" and {len(ordered) - MENTIONS_SHOWN} more" if len(ordered) > MENTIONS_SHOWN else ""
        parts.append(f"<dt>{esc(questions.name(label))} ({total})</dt><dd>{chips}{more}</dd>")
    total = len(paper.mentions)
    chips = f'<dl class="mentions">{"".join(parts)}</dl>'
    return f'<details class="all"><summary>All {total} mentions by kind</summary>{chips}</details>'


def _chip(label: str, normal: str, found: list[Annotation]) -> str:
    colour = colours().get(label, "#e3e8ed")
    pages = sorted({e.page for a in found for e in a.evidence[:1] if e.page is not None})
    where = f" p. {_ranges(pages)}" if pages else ""
    times = f" ×{len(found)}" if len(found) > 1 else ""
    written = sorted({rows.flat(e.quote) for a in found for e in a.evidence[:1]} - {normal})
    title = f' title="as written: {esc("; ".join(written[:8]))}"' if written else ""
    return f'<span class="chip" style="background:{colour}"{title}>{esc(normal)}<small>{times}{where}</small></span>'


def _ranges(pages: list[int]) -> str:
    """Return page numbers with runs joined: 1-3, 7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)


class _Evidence:
    """Show evidence of one study: the quote with the value marked, page and section, the picture of the place."""

    def __init__(self, paper: Paper, number: int, pictures: Mapping[str, Snippet], link: str) -> None:
        self.paper, self.number, self.pictures, self.link = paper, number, pictures, link
        self.shown: dict[str, str] = {}  # picture's key -> id of the element that holds it

    def __call__(self, evidence: Evidence, values: Sequence[str], *, picture: bool = True) -> str:
        where = []
        if evidence.page is not None:
            page = f"page {evidence.page}"
            where.append(f'<a href="{esc(self.link)}#page={evidence.page}">{page}</a>' if self.link else page)
        if evidence.section:
            where.append(esc(rows.section(evidence)))
        footer = f"<footer>{' · '.join(where)}</footer>" if where else ""
        drawn = self._picture(evidence) if picture else ""
        return f"<blockquote>{_marked(evidence.quote, values)}{footer}{drawn}</blockquote>"

    def _picture(self, evidence: Evidence) -> str:
        name = key(evidence)
        if name not in self.pictures:
            return ""
        uri, width, height = self.pictures[name]
        alt = esc(f"Page {evidence.page}: {rows.flat(evidence.quote)[:120]}")
        size = f'width="{width}" height="{height}" alt="{alt}"'
        if name in self.shown:
            image = f'<img data-of="{self.shown[name]}" {size}>'
        else:
            self.shown[name] = f"i{self.number}-{len(self.shown) + 1}"
            image = f'<img id="{self.shown[name]}" src="{uri}" {size}>'
        return f'<details class="picture"><summary>Picture of the place</summary>{image}</details>'


def _marked(quote: str, values: Sequence[str]) -> str:
    """Return the quote as HTML, the values marked where they stand in it."""
    quote = rows.flat(quote)
    values = [v for v in values if len(rows.flat(v)) < 0.9 * len(quote)]
    wanted = sorted({v for value in values if 1 <= len(v := rows.flat(value)) < len(quote)}, key=lambda v: (-len(v), v))
    if not wanted:
        return esc(quote)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)"
    parts, end = [], 0
    for found in re.finditer(pattern, quote, re.IGNORECASE):
        parts += [esc(quote[end : found.start()]), f"<mark>{esc(found.group())}</mark>"]
        end = found.end()
    return "".join(parts) + esc(quote[end:])
