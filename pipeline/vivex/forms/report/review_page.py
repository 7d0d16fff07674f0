"""The HTML report of a review: one file that needs no network, each value with its sentence, page and picture."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote as url_quote

from vivex import questions
from vivex.codebook import Codebook
from vivex.files import write_text
from vivex.forms import figures
from vivex.forms.guarded import studies_of
from vivex.forms.report.snippets import Snippet, snippets
from vivex.forms.report.study import dot, esc, study_section
from vivex.paper import BLIND, Failure, Paper


@dataclass(frozen=True, slots=True)
class Front:
    """Say what the report is: its title, what its values are, what its figure shows, and sections of its own."""

    title: str = "pre-filled forms"
    words: str = (
        "A machine proposed every value and judgement below. Each stands with the sentence and page it came from; none "
        "counts until a reviewer has decided."
    )
    caption: str = "Proposed by vivex, not reviewed: judgements of {n} studies."
    sections: tuple[str, ...] = ()  # HTML


PICTURES = 30_000_000  # bytes of page pictures in one report, shared evenly by its papers


def write_report(
    papers: Sequence[Paper],
    failures: Sequence[Failure],
    codebook: Codebook,
    path: Path,
    *,
    pictures: Callable[[Paper], Mapping[str, Snippet]] = snippets,
    highlighted: Path | None = None,
    front: Front = Front(),
) -> None:
    """Write the report; `pictures` gives a paper's page pictures, `highlighted` the folder of the annotated PDFs.

    Everything that comes from a paper is escaped, and the page's policy runs no script but its own.
    """
    copies = highlighted or path.parent.parent / "highlighted"
    table, sections = _studies(papers, codebook, path, pictures, copies, first=1)
    body = [
        *front.sections,
        _summary(table, front),
        *_lost(failures, set(studies_of(papers))),
        *sections,
    ]
    write_text(path, _page(codebook, front, _navigation(table), body))


def write_front(
    table: figures.Table,
    failures: Sequence[Failure],
    codebook: Codebook,
    path: Path,
    *,
    read: Collection[str],
    pages: Sequence[tuple[Path, int, int]],
    front: Front = Front(),
) -> None:
    """Write the first page of a report of several: all judgements, and the way to the studies.

    `read` are the studies of the table; `pages` are the others, beside it, each with the numbers of its first and last
    study.
    """
    body = [
        *front.sections,
        _summary(table, front, places=[page.name for page, first, last in pages for _ in range(first, last + 1)]),
        *_lost(failures, read),
    ]
    links = "".join(
        f'<li><a href="{url_quote(page.name)}">{first}–{last}<br>{esc(_span(table, first, last))}</a></li>'
        for page, first, last in pages
    )
    nav = (
        f'<nav aria-label="Pages"><p class="sub">{len(table)} studies on {len(pages)} pages; to search for a study '
        f"among all, use the browser's search in the table.</p><ol>{links}</ol></nav>"
    )
    write_text(path, _page(codebook, front, nav, body, script=""))


def write_page(
    papers: Sequence[Paper],
    codebook: Codebook,
    path: Path,
    *,
    first: int,
    ways: Sequence[tuple[str, Path]],
    pictures: Callable[[Paper], Mapping[str, Snippet]] = snippets,
    highlighted: Path | None = None,
    front: Front = Front(),
) -> None:
    """Write one page of a report of several, whose studies are numbered from `first`.

    `ways` are words and paths of other pages. No page names all the others, so that a new one changes its neighbours.
    """
    copies = highlighted or path.parent.parent / "highlighted"
    table, sections = _studies(papers, codebook, path, pictures, copies, first=first)
    links = " · ".join(f'<a href="{url_quote(page.name)}">{esc(words)}</a>' for words, page in ways)
    nav = _navigation(table, first=first, way=f'<p class="sub">{links}</p>')
    write_text(path, _page(codebook, front, nav, sections))


def _studies(
    papers: Sequence[Paper],
    codebook: Codebook,
    path: Path,
    pictures: Callable[[Paper], Mapping[str, Snippet]],
    highlighted: Path,
    *,
    first: int,
) -> tuple[list[tuple[str, tuple[figures.Light, ...]]], list[str]]:
    """Return each study's judgements, and its section."""
    sections, table = [], []
    for number, paper in enumerate(papers, first):  # once: a lazy sequence reads its files each time
        table += figures.judgements([paper])
        copy = highlighted / f"{paper.study}.pdf"
        link = _relative(copy, path.parent) if copy.exists() else ""
        kept = _within(pictures(paper), PICTURES // max(len(papers), 1))
        sections.append(study_section(paper, codebook, number, kept, link))
    return table, sections


def _page(codebook: Codebook, front: Front, navigation: str, body: Sequence[str], *, script: str | None = None) -> str:
    """Return a page of the report as HTML; `script` stands for the report's own where another, or none, is to run."""
    style, runs = _data("report.css"), _data("report.js") if script is None else script
    allowed = f"script-src 'sha256-{_digest(runs)}'"
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; {allowed}"
    title = f"{codebook.title or codebook.name}: {front.title}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{esc(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
        '<a class="skip" href="#main">Skip to the studies</a>',
        f'<header class="top"><h1>{esc(title)}</h1><p>{esc(front.words)}</p></header>',
        f'<div class="frame">{navigation}<main id="main">',
        *body,
        f"</main></div>\n<script>{runs}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _lost(failures: Sequence[Failure], read: Collection[str]) -> list[str]:
    """Return what is said of studies that are judged blind, left out, or not shown in all their parts."""
    blind = [f for f in failures if f.reason == BLIND]
    lost = [f for f in failures if f.reason != BLIND]
    return [
        _left_out(blind, "Studies that are judged blind", _BLIND),
        _left_out([f for f in lost if f.study not in read], "Papers left out", _LEFT_OUT),
        _left_out([f for f in lost if f.study in read], "Read, but not in all its parts", _PARTLY),
    ]


def _span(table: figures.Table, first: int, last: int) -> str:
    return f"{table[first - 1][0]} … {table[last - 1][0]}"


def _within(pictures: Mapping[str, Snippet], budget: int) -> dict[str, Snippet]:
    """Return the pictures that fit into a paper's share, so that a browser can hold the page of a large review."""
    kept, spent = {}, 0
    for name, snippet in pictures.items():
        spent += len(snippet.uri)
        if spent > budget:
            break
        kept[name] = snippet
    return kept


def _navigation(table: figures.Table, *, first: int = 1, way: str = "") -> str:
    """Return what finds a study on its page; `way` leads to the other pages of a large review."""
    items = "".join(
        f'<li data-for="s{number}"><a href="#s{number}">{esc(study)}</a></li>'
        for number, (study, _) in enumerate(table, first)
    )
    words = "Search these studies" if way else "Search all studies"
    choices = "".join(
        f'<option value="{kind}-{item.number}">{kind}: {item.number}. {esc(item.name)}</option>'
        for kind in ("high", "low")
        for item in questions.SYRCLE.values()
    )
    return (
        f'<nav aria-label="Studies">{way}<label for="search">{words}</label>'
        '<input id="search" type="search" autocomplete="off" placeholder="miR-140, i.p., sham …">'
        '<label for="judged">SYRCLE judgement</label>'
        f'<select id="judged"><option value="">any</option>{choices}</select>'
        '<button id="pictures" type="button" aria-pressed="false">Show the page pictures</button>'
        f'<p id="count" class="sub" aria-live="polite">{len(table)} studies</p><ol>{items}</ol>'
        '<p class="keys"><kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> next, previous study · '
        "<kbd>p</kbd> page pictures · <kbd>Esc</kbd> clear</p></nav>"
    )


def _summary(table: figures.Table, front: Front, *, places: Sequence[str] = ()) -> str:
    """Return the summary figure and all judgements; `places` names each study's page where it isn't this one."""
    if not table:
        return '<section class="first"><h2>Risk of bias (SYRCLE)</h2><p>No paper was read.</p></section>'
    label = "Share of studies with low, unclear and high risk of bias, by SYRCLE item; the table below says the same."
    svg = figures.inline_svg(figures.drawn_summary(table), label=label)
    head = "".join(
        f'<th scope="col" title="{esc(item.wording)}"><span>{item.number}. {esc(item.name)}</span></th>'
        for item in questions.SYRCLE.values()
    )
    pages = [url_quote(place) for place in places] or [""] * len(table)
    lines = "".join(
        f'<tr data-for="s{number}"><th scope="row"><a href="{pages[number - 1]}#s{number}">{esc(study)}</a></th>'
        + "".join(f"<td>{dot(*light)}</td>" for light in line)
        + "</tr>"
        for number, (study, line) in enumerate(table, 1)
    )
    return (
        '<section class="first"><h2>Risk of bias (SYRCLE)</h2>'
        f"<figure>{svg}<figcaption>{esc(front.caption.format(n=len(table)))} SYRCLE's tool has no overall score."
        "</figcaption></figure>"
        '<div class="scroll"><table class="lights"><caption>Judgements by study: + low, ? unclear, − high risk of bias'
        f'</caption><thead><tr><th scope="col">Study</th>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
        "</section>"
    )


_BLIND = "Their proposals stand in no file that is shared until their reviewers have finished them."
_LEFT_OUT = "These files could not be read; the others went on."
_PARTLY = (
    "The forms of these papers are below; one of their further files (marked copy, page pictures) could not be made."
)


def _left_out(failures: Iterable[Failure], heading: str, words: str) -> str:
    lines = "".join(
        f'<tr><th scope="row">{esc(f.file)}</th><td>{esc(f.reason)}</td><td>{esc(f.remedy)}</td></tr>' for f in failures
    )
    if not lines:
        return ""
    return (
        f'<section><h2>{heading}</h2><p class="sub">{words}</p>'
        '<div class="scroll"><table><thead><tr><th scope="col">File</th><th scope="col">Reason</th>'
        f'<th scope="col">What to do</th></tr></thead><tbody>{lines}</tbody></table></div></section>'
    )


def _relative(target: Path, folder: Path) -> str:
    return url_quote(Path(os.path.relpath(target, folder)).as_posix())


def _data(name: str) -> str:
    return (Path(__file__).parents[2] / "data" / "report" / name).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
