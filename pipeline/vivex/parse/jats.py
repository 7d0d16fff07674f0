"""JATS XML (as publishers deposit it in PubMed Central): the same Document shape, without pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from vivex.document import Block, Cell, Document, Mark, Section, Table, sha256
from vivex.errors import UnreadablePaper
from vivex.headings import role_of, role_of_path
from vivex.marks import plain
from vivex.parse.declarations import check_entities
from vivex.parse.formulae import mathml, tex
from vivex.parse.grid import laid_out
from vivex.parse.raised import LETTERS, SUPERSCRIPT, enclosed, placed, without

VERSION = "jats@2"
_NOTES = {"bibr", "fn", "table-fn", "aff", "corresp", "author-notes"}  # what an <xref> that is a mark points to
_NO_STUDIES = {
    "review-article": "review", "systematic-review": "review", "editorial": "editorial", "letter": "letter",
    "correction": "correction", "retraction": "retraction", "book-review": "book review", "news": "news item",
    "article-commentary": "commentary",
}  # fmt: skip
_SIGNS = re.compile(r"[\d\s,;.()\[\]+=*†‡§¶#–−⁻-]+|[a-z](?:,\s?[a-z])*")
_STATEMENTS = {"ack", "fn-group", "notes", "glossary", "app-group", "bio"}
_SKIPPED = {"object-id", "label", "title", "alternatives", "graphic", "media", "attrib", "permissions", "tex-math"}


class JatsParser:
    """Read a JATS article."""

    suffixes = (".xml", ".nxml")

    def __call__(self, data: bytes, *, study: str, params: Mapping[str, Any]) -> Document:
        article, others = _article(data)
        builder = _Builder()
        meta = _front(article, builder)
        body, back = article.find("body"), article.find("back")
        if body is not None:
            builder.section_content(body, ())
        if back is not None:
            _back(back, builder)
        for group in article.findall("floats-group"):
            for child in group:
                builder.child(child, ())
        if not "".join(builder.parts).strip():
            raise UnreadablePaper("no text", "the XML holds no article text; use the PDF or the full-text XML")
        return builder.document(study=study, meta=meta, data=data, warnings=_warnings(article, others))


def _article(data: bytes) -> tuple[ElementTree.Element, list[str]]:
    """Return the first article without namespaces, and the titles of others; raise UnreadablePaper for other XML."""
    if not data.strip():
        raise UnreadablePaper("empty", "the file has no content; download it again")
    check_entities(data)
    parser = ElementTree.XMLParser()
    parser.entity.update(_entities())
    try:
        root = ElementTree.fromstring(data, parser=parser)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadablePaper("broken", f"not well-formed XML ({error}); download it again") from error
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rsplit("}", 1)[-1]
    articles = list(root.iter("article"))
    article = articles[0] if articles else None
    if article is None:
        raise UnreadablePaper(
            "unsupported", f"the XML is a <{root.tag}>, not a JATS <article>; export JATS or use the PDF"
        )
    return article, [_bare(other.find(".//article-title")) or "no title" for other in articles[1:]]


def _entities() -> dict[str, str]:
    from html.entities import html5

    return {name.rstrip(";"): value for name, value in html5.items() if name.endswith(";")}


class _Builder:
    """Gather text, blocks, sections and tables in document order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.blocks: list[Block] = []
        self.sections: list[Section] = []
        self.tables: list[Table] = []
        self.marks: list[Mark] = []
        self.current: int | None = None

    def add(self, kind: str, text: str, level: int | None = None) -> int | None:
        """Append a block and return its index, or None where the text is empty."""
        text, marks = placed(_clean(text))
        if not text:
            return None
        if self.parts:
            self._put("\n\n")
        start = self.size
        self.marks += [Mark(start + low, start + high) for low, high in marks]
        self._put(text)
        self.blocks.append(Block(kind, start, self.size, self.current, level))
        return len(self.blocks) - 1

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    def enter(self, path: tuple[str, ...], role: str | None = None) -> None:
        """Begin a section; its role is that of the innermost heading that announces one."""
        self.sections.append(Section(path, role or role_of_path(path) or "other"))
        self.current = len(self.sections) - 1

    def section_content(self, element: ElementTree.Element, path: tuple[str, ...], kind: str = "paragraph") -> None:
        """Add what a body, section, box or appendix holds."""
        for child in element:
            self.child(child, path, kind)

    def child(self, child: ElementTree.Element, path: tuple[str, ...], kind: str = "paragraph") -> None:
        """Add one element of a section."""
        if not isinstance(child.tag, str) or child.tag in _SKIPPED:
            return
        if child.tag in ("sec", "app", "boxed-text", "ack", "notes", "glossary", "fn-group"):
            title = child.find("title")
            label = _text(child.find("label")) if child.tag == "sec" else ""
            heading = _clean(" ".join(filter(None, [label, _bare(title)]))) if title is not None else ""
            if heading:
                before = self.current
                self.enter((*path, heading), "statements" if kind == "footnote" and role_of(heading) is None else None)
                self.add("heading" if kind == "paragraph" else kind, heading, len(path) + 1)
                self.section_content(child, (*path, heading), kind)
                if path:
                    self.current = before
            else:
                self.section_content(child, path, kind)
        elif child.tag == "p":
            self.paragraph(child, path, kind)
        elif (
            child.tag in ("fig", "fig-group", "supplementary-material", "disp-formula-group")
            or child.tag == "table-wrap-group"
        ):
            for inner in child.iter():
                if inner.tag == "table-wrap":
                    self.table(inner)
            if child.tag != "table-wrap-group":
                self.add("caption", _caption(child))
        elif child.tag == "table-wrap":
            self.table(child)
        elif child.tag == "list":
            for item in child.iter("list-item"):  # those of lists within it too, each apart
                self.add("list" if kind == "paragraph" else kind, _text(item, without=_inner_lists(item)))
        elif child.tag == "def-list":
            for item in child.iter("def-item"):
                self.add("list" if kind == "paragraph" else kind, " ".join(_text(part) for part in item))
        elif child.tag == "ref-list":
            _references(child, self)
        elif child.tag == "fn":
            self.add("footnote", _text(child))
        else:
            self.add(kind, _text(child))

    def paragraph(self, element: ElementTree.Element, path: tuple[str, ...], kind: str) -> None:
        """Add a paragraph; figures, tables and lists inside it become blocks after it."""
        floats = [c for c in element if c.tag in ("fig", "table-wrap", "list", "boxed-text", "def-list", "fig-group")]
        self.add(kind, _text(element, without=floats))
        for child in floats:
            self.child(child, path, kind)

    def table(self, wrap: ElementTree.Element) -> None:
        """Add a table's caption, cells and footnotes."""
        caption = self.add("caption", _caption(wrap))
        table = wrap.find(".//table")
        rows = laid_out(table, lambda cell: _clean(_text(cell))) if table is not None else []
        if rows:
            if self.parts:
                self._put("\n\n")
            start, cells, last = self.size, [], 0
            for row, column, text, header, row_span, column_span in rows:
                if row != last:
                    self._put("\n")
                elif self.size > start:
                    self._put("\t")
                last = row
                begin = self.size
                text, marks = placed(text)
                self.marks += [Mark(begin + low, begin + high) for low, high in marks]
                self._put(text)
                cells.append(Cell(row, column, begin, self.size, header, row_span, column_span))
            self.blocks.append(Block("table", start, self.size, self.current))
            self.tables.append(Table(len(self.blocks) - 1, caption, tuple(cells)))
        foot = wrap.find("table-wrap-foot")
        if foot is not None:
            self.add("footnote", _text(foot))

    def document(self, *, study: str, meta: dict[str, str], data: bytes, warnings: Sequence[str] = ()) -> Document:
        """Return the Document gathered."""
        return Document(
            study=study,
            text="".join(self.parts),
            blocks=tuple(self.blocks),
            sections=tuple(self.sections),
            tables=tuple(self.tables),
            marks=tuple(self.marks),
            source_format="jats",
            pdf_sha256=sha256(data),
            parser=VERSION,
            warnings=tuple(warnings),
            meta=meta,
        )


def _warnings(article: ElementTree.Element, others: Sequence[str]) -> list[str]:
    """Return what a reviewer is to be warned of: further articles in the file, and an article that is no study."""
    found = []
    if others:
        titles = "; ".join(f'"{title[:80]}"' for title in others[:5]) + " ..." * (len(others) > 5)
        found.append(
            f"the file holds {len(others) + 1} articles, only the first was read (not {titles}); split the file"
        )
    if article.get("article-type") in _NO_STUDIES:
        found.append(
            f"the publisher calls this a {_NO_STUDIES[article.get('article-type', '')]}, not a study of its own"
        )
    return found


def _front(article: ElementTree.Element, builder: _Builder) -> dict[str, str]:
    """Add title, authors' notes and abstracts; return what is known of the article."""
    front = article.find("front/article-meta")
    if front is None:
        front = article.find("front-stub")
    if front is None:
        return {}
    title = _bare(front.find(".//article-title"))
    builder.add("title", title)
    meta = {"title": title}
    for identifier in front.findall("article-id"):
        if identifier.get("pub-id-type") == "doi":
            meta["doi"] = _clean(_text(identifier)).lower()
    meta["journal"] = _clean(_text(article.find(".//journal-meta//journal-title")))
    years = [_clean(_text(year)) for year in front.findall("pub-date/year")]
    meta["year"] = min(filter(None, years), default="")
    for abstract in front.findall("abstract"):
        builder.enter(("Abstract",), "abstract")
        for child in abstract:
            if child.tag == "sec":
                heading = _clean(_text(child.find("title")))
                texts = [_clean(_text(p)) for p in child if p.tag not in ("title", "label")]
                texts = [t for t in texts if t]
                if heading and texts:
                    texts[0] = f"{heading.rstrip(':.')}: {texts[0]}"
                for text in texts:
                    builder.add("abstract", text)
            elif child.tag not in ("title", "label", "object-id"):
                builder.add("abstract", _text(child))
    for keywords in front.findall("kwd-group"):
        words = [_clean(_text(k)) for k in keywords.iter("kwd")]
        builder.current = None
        builder.add("other", "Keywords: " + "; ".join(filter(None, words)) if words else "")
    builder.current = None
    return {key: value for key, value in meta.items() if value}


def _back(back: ElementTree.Element, builder: _Builder) -> None:
    """Add statements (as footnotes of their section) and references."""
    for child in back:
        if child.tag == "ref-list":
            _references(child, builder)
        elif child.tag in _STATEMENTS or child.tag == "sec":
            if child.find("title") is None and child.tag == "ack":
                builder.enter(("Acknowledgements",), "statements")
            elif child.find("title") is None:
                builder.enter(("Notes",), "statements")
            builder.child(child, (), "footnote")


def _references(element: ElementTree.Element, builder: _Builder) -> None:
    builder.enter((_clean(_text(element.find("title"))) or "References",), "references")
    for reference in element.iter("ref"):
        label = _clean(_text(reference.find("label")))
        body = " ".join(_spaced(part) for part in reference if part.tag != "label")
        builder.add("reference", " ".join(filter(None, [label, body])))


def _spaced(element: ElementTree.Element) -> str:
    return _text(element) if element.tag == "mixed-citation" else " ".join(element.itertext())


def _inner_lists(item: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the lists inside an item that stand in no other list of it."""
    found, waiting = [], list(item)
    while waiting:
        element = waiting.pop()
        if element.tag == "list":
            found.append(element)
        else:
            waiting += list(element)
    return found


def _caption(element: ElementTree.Element) -> str:
    parts = [element.find("label"), element.find("caption")]
    if parts[1] is None and element.tag == "fig-group":
        return ""
    return " ".join(
        filter(None, (_clean(" ".join(_text(c) for c in p) if p is not None and len(p) else _text(p)) for p in parts))
    )


def _text(element: ElementTree.Element | None, *, without: Sequence[ElementTree.Element] = ()) -> str:
    """Return an element's text; superscript numbers and signs as Unicode superscripts."""
    if element is None:
        return ""
    skipped = set(map(id, without))
    out: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        if id(node) in skipped or not isinstance(node.tag, str):
            return
        if node.tag == "math":
            out.append(mathml(node))
            return
        if node.tag == "tex-math":
            out.append(tex("".join(node.itertext())))
            return
        if node.tag == "sup" and _is_mark(node):
            out.append(enclosed("".join(node.itertext())))
            return
        if node.tag == "xref" and node.get("ref-type") in _NOTES and _all_raised(node):
            out.append(enclosed("".join(node.itertext())))
            return
        inner = "".join(node.itertext()) if node.tag == "sup" else ""
        if re.fullmatch(r"[a-e](?:,\s?[a-e])*", inner):
            out.append(inner.translate(LETTERS))
            return
        if inner and len(inner) <= 12 and not any(c.isalpha() for c in inner):
            out.append(inner.translate(SUPERSCRIPT))
            return
        if node.text:
            out.append(node.text)
        formula = any(child.tag == "math" for child in node)
        for child in node:
            if not (formula and child.tag == "tex-math"):  # the same said twice
                walk(child)
            if child.tail:
                out.append(child.tail)
        if node.tag in ("p", "title", "break", "list-item", "disp-formula"):
            out.append(" ")

    walk(element)
    return "".join(out)


def _is_mark(raised: ElementTree.Element) -> bool:
    """Tell whether a <sup> holds references to citations or notes, or what parts two of them."""
    inner = "".join(raised.itertext()).strip()
    if any(child.tag == "xref" and child.get("ref-type") in _NOTES for child in raised):
        return _SIGNS.fullmatch(inner) is not None
    return inner in (",", ";", "–", "-")


def _all_raised(reference: ElementTree.Element) -> bool:
    """Tell whether all that an <xref> prints is raised."""
    inner = "".join(reference.itertext()).strip()
    raised = "".join("".join(child.itertext()) for child in reference.iter("sup")).strip()
    return inner != "" and inner == raised and _SIGNS.fullmatch(inner) is not None


def _clean(text: str) -> str:
    text = re.sub("[\U0001d400-\U0001d7ff\uff01-\uff5e]", lambda match: plain(match.group()), text)
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    return text


def _bare(element: ElementTree.Element | None) -> str:
    """Return an element's text without its raised marks."""
    return without(_clean(_text(element)))


parse_jats = JatsParser()
