"""JATS XML (as publishers deposit it in PubMed Central): the same Document shape, without pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from vivex.document import Block, Cell, Document, Mark, Section, Table, sha256
from vivex.errors import UnreadablePaper
from vivex.headings import role_of, role_of_path
from vivex.parse.declarations import check_entities
from vivex.parse.grid import laid_out
from vivex.parse.nesting import DEEPEST, flattened, outermost
from vivex.parse.raised import placed
from vivex.parse.running_text import bare, caption_of, cleaned, text_of

VERSION = "jats@2"
_NO_STUDIES = {
    "review-article": "review", "systematic-review": "review", "editorial": "editorial", "letter": "letter",
    "correction": "correction", "retraction": "retraction", "book-review": "book review", "news": "news item",
    "article-commentary": "commentary",
}  # fmt: skip
_STATEMENTS = {"ack", "fn-group", "notes", "glossary", "app-group", "bio"}
_GROUPS = {"fig", "fig-group", "supplementary-material", "disp-formula-group", "table-wrap-group"}
_SPOKEN = {"abstract", "body", "back", "floats-group"}
_OTHERS = {"sub-article", "response"}  # articles of their own within one: letters of reviewers and answers to them
_NOTATIONS = {"tex-math", "annotation", "annotation-xml"}
_LEAST_READ = 0.8  # share of its text that is read of every article that is as it should be
_SKIPPED = {"object-id", "label", "title", "alternatives", "graphic", "media", "attrib", "permissions", "tex-math"}


class JatsParser:
    """Read a JATS article."""

    suffixes = (".xml", ".nxml")

    def __call__(self, data: bytes, *, study: str, params: Mapping[str, Any]) -> Document:
        article, others, flat = _article(data)
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
        warnings = [*_warnings(article, others, flat), *_unread(article, builder.parts)]
        return builder.document(study=study, meta=meta, data=data, warnings=warnings)


def _article(data: bytes) -> tuple[ElementTree.Element, list[str], int]:
    """Return the first article without namespaces, the titles of others, and how many elements lay too deep.

    Raise UnreadablePaper for other XML.
    """
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
    flat = flattened(root)
    return article, [bare(other.find(".//article-title")) or "no title" for other in articles[1:]], flat


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
        text, marks = placed(cleaned(text))
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
            label = text_of(child.find("label")) if child.tag == "sec" else ""
            heading = cleaned(" ".join(filter(None, [label, bare(title)]))) if title is not None else ""
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
        elif child.tag in _GROUPS:
            for inner in outermost(child, {"table-wrap"}):
                self.table(inner)
            self.add("caption", caption_of(child))
            for inner in outermost(child, {"fig"}):
                self.child(inner, path, kind)
        elif child.tag == "table-wrap":
            self.table(child)
        elif child.tag == "list":
            for item in child.iter("list-item"):  # those of lists within it too, each apart
                text = text_of(item, without=outermost(item, {"list", "list-item"}))
                self.add("list" if kind == "paragraph" else kind, text)
        elif child.tag == "def-list":
            for item in child.iter("def-item"):
                within = outermost(item, {"def-item"})
                text = " ".join(text_of(part, without=within) for part in item)
                self.add("list" if kind == "paragraph" else kind, text)
        elif child.tag == "ref-list":
            _references(child, self)
        elif child.tag == "fn":
            self.add("footnote", text_of(child))
        else:
            self.add(kind, text_of(child))

    def paragraph(self, element: ElementTree.Element, path: tuple[str, ...], kind: str) -> None:
        """Add a paragraph; figures, tables and lists inside it become blocks after it."""
        floats = [c for c in element if c.tag in ("fig", "table-wrap", "list", "boxed-text", "def-list", "fig-group")]
        self.add(kind, text_of(element, without=floats))
        for child in floats:
            self.child(child, path, kind)

    def table(self, wrap: ElementTree.Element) -> None:
        """Add a table's caption, the cells of its parts, and its footnotes."""
        caption = self.add("caption", caption_of(wrap))
        within = outermost(wrap, {"table", "table-wrap"})
        for table in within:
            if table.tag == "table":
                self.cells(table, caption)
        foot = wrap.find("table-wrap-foot")
        if foot is not None:
            self.add("footnote", text_of(foot))
        for inner in within:
            if inner.tag == "table-wrap":
                self.table(inner)

    def cells(self, table: ElementTree.Element, caption: int | None) -> None:
        """Add a table's cells, a row a line."""
        rows = laid_out(table, lambda cell: cleaned(text_of(cell, without=outermost(cell, {"tr"}))))
        if not rows:
            return
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


def _warnings(article: ElementTree.Element, others: Sequence[str], flat: int) -> list[str]:
    """Return what a reviewer is to be warned of: further articles, an article that is no study, a tree too deep."""
    found = []
    if flat:
        found.append(
            f"the XML nests {flat} elements more than {DEEPEST} deep; their text was read without headings, lists and "
            "tables: compare with the PDF"
        )
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


def _unread(article: ElementTree.Element, parts: Sequence[str]) -> list[str]:
    """Return a warning where much of the article's text stands in elements that are none of an article."""
    spoken = [part for part in outermost(article, _SPOKEN | _OTHERS) if part.tag in _SPOKEN]
    expected = sum(_letters(text) for part in spoken for text in _said(part))
    read = sum(map(_letters, parts))
    if read >= _LEAST_READ * expected:
        return []
    share = f"{1 - read / expected:.0%}"
    return [f"{share} of the XML's text stands where an article has none and was not read; compare with the PDF"]


def _said(element: ElementTree.Element) -> Iterator[str]:
    """Return the texts inside an element, without notations of formulae that stand there beside the formula."""
    waiting = [element]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner.tag, str) and inner.tag not in _NOTATIONS:
            yield inner.text or ""
            waiting += inner
        yield inner.tail or ""


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _authors(front: ElementTree.Element) -> list[str]:
    """Return who wrote the article, given name first; a group by its name."""
    found = []
    for one in front.findall("contrib-group/contrib"):
        if one.get("contrib-type", "author") != "author":
            continue
        names = (one.find("name/given-names"), one.find("name/surname"), one.find("collab"))
        found.append(" ".join(filter(None, (cleaned(bare(name)) for name in names if name is not None))))
    return list(filter(None, found))


def _front(article: ElementTree.Element, builder: _Builder) -> dict[str, str]:
    """Add title, authors' notes and abstracts; return what is known of the article."""
    front = article.find("front/article-meta")
    if front is None:
        front = article.find("front-stub")
    if front is None:
        return {}
    title = bare(front.find(".//article-title"))
    builder.add("title", title)
    meta = {"title": title}
    for identifier in front.findall("article-id"):
        if identifier.get("pub-id-type") == "doi":
            meta["doi"] = cleaned(text_of(identifier)).lower()
    meta["journal"] = cleaned(text_of(article.find(".//journal-meta//journal-title")))
    meta["authors"] = ", ".join(_authors(front))
    years = [cleaned(text_of(year)) for year in front.findall("pub-date/year")]
    meta["year"] = min(filter(None, years), default="")
    for abstract in front.findall("abstract"):
        builder.enter(("Abstract",), "abstract")
        for child in abstract:
            if child.tag == "sec":
                heading = cleaned(text_of(child.find("title")))
                texts = [cleaned(text_of(p)) for p in child if p.tag not in ("title", "label")]
                texts = [t for t in texts if t]
                if heading and texts:
                    texts[0] = f"{heading.rstrip(':.')}: {texts[0]}"
                for text in texts:
                    builder.add("abstract", text)
            elif child.tag not in ("title", "label", "object-id"):
                builder.add("abstract", text_of(child))
    for keywords in front.findall("kwd-group"):
        words = [cleaned(text_of(k)) for k in keywords.iter("kwd")]
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
    builder.enter((cleaned(text_of(element.find("title"))) or "References",), "references")
    for reference in element.iter("ref"):
        label = cleaned(text_of(reference.find("label")))
        inner = outermost(reference, {"ref"})
        body = " ".join(_spaced(part, without=inner) for part in reference if part.tag != "label")
        builder.add("reference", " ".join(filter(None, [label, body])))


def _spaced(element: ElementTree.Element, *, without: Sequence[ElementTree.Element]) -> str:
    if element.tag == "mixed-citation" or without:
        return text_of(element, without=without)
    return " ".join(element.itertext())


parse_jats = JatsParser()
