"""Write one of the example's articles as JATS XML and one as plain text into examples/twins/.

python examples/twins.py [--out examples/twins]
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from pages import NOTICE  # noqa: E402
from typeset import read_article  # noqa: E402

AS_JATS, AS_TEXT = "tavesk-2019", "quellen-2021"
ROLES = {
    "Introduction": "intro",
    "Materials and methods": "materials|methods",
    "Results": "results",
    "Discussion": "discussion",
}
PLAIN = str.maketrans("0123456789−-+,", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺,")


def jats(article: dict[str, Any]) -> str:
    """Return the article as a JATS document."""
    body: list[str] = []
    depth = tables = figures = 0
    for kind, content in article["body"]:
        if kind in ("h1", "h2"):
            level = 1 if kind == "h1" else 2
            body += ["</sec>"] * max(0, depth - level + 1)
            role = f' sec-type="{ROLES[content]}"' if content in ROLES else ""
            body.append(f"<sec{role}><title>{_inline(content)}</title>")
            depth = level
        elif kind == "p":
            body.append(f"<p>{_inline(content)}</p>")
        elif kind == "table":
            tables += 1
            body.append(_table(content, tables))
        else:
            figures += 1
            body.append(f'<fig id="f{figures}">{_caption(content["caption"])}</fig>')
    body += ["</sec>"] * depth
    volume, year = article["volume"].split(" ")[0], re.findall(r"\b20\d\d\b", article["dates"])[-1]
    names = [re.sub(r"\^.*?\^", "", n).strip() for n in re.split(r", | and ", article["authors"])]
    people = "".join(
        f'<contrib contrib-type="author"><name><surname>{escape(n.rsplit(" ", 1)[1])}</surname>'
        f"<given-names>{escape(n.rsplit(' ', 1)[0])}</given-names></name></contrib>"
        for n in names
    )
    abstract = "".join(f"<sec><title>{k}</title><p>{_inline(v)}</p></sec>" for k, v in article["abstract"].items())
    references = "".join(
        f'<ref id="r{n}"><label>{n}</label><mixed-citation>{_inline(r)}</mixed-citation></ref>'
        for n, r in enumerate(article["references"], 1)
    )
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {NOTICE} -->",
        '<article article-type="research-article" xml:lang="en"><front><journal-meta><journal-title-group>',
        f"<journal-title>{escape(article['journal'])}</journal-title></journal-title-group></journal-meta>",
        f'<article-meta><article-id pub-id-type="doi">{article["doi"]}</article-id>',
        f"<title-group><article-title>{_inline(article['title'])}</article-title></title-group>",
        f'<contrib-group>{people}</contrib-group><pub-date pub-type="ppub"><year>{year}</year></pub-date>',
        f"<volume>{volume}</volume><fpage>{article['first_page']}</fpage>",
        f"<permissions><license><license-p>{NOTICE}</license-p></license></permissions>",
        f"<abstract>{abstract}</abstract></article-meta></front>",
        "<body>",
        *body,
        f"</body><back><ref-list><title>References</title>{references}</ref-list></back></article>",
    ]
    return "\n".join(parts) + "\n"


def _inline(source: str) -> str:
    """Return marked-up text as JATS inline markup."""
    out = escape(source.replace("\u00ad", "").replace("∗", "*\u200b")).replace("\u200b", "\0")
    out = re.sub(r"\*\*(?!\0)(.+?)\*\*(?!\0)", r"<bold>\1</bold>", out)
    out = re.sub(r"\*(?!\0)([^*]+?)\*(?!\0)", r"<italic>\1</italic>", out)
    out = re.sub(r"\^(.+?)\^", r"<sup>\1</sup>", out)
    out = re.sub(r"_\{(.+?)\}", r"<sub>\1</sub>", out)
    return re.sub(r"\[@([\d,–]+)\]", _references, out).replace("\0", "")


def _references(match: re.Match[str]) -> str:
    return (
        "[" + re.sub(r"\d+", lambda n: f'<xref ref-type="bibr" rid="r{n.group()}">{n.group()}</xref>', match[1]) + "]"
    )


def _caption(source: str) -> str:
    label, text = re.match(r"\*\*(.+?)\*\*\s*(.*)", source, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"<label>{escape(label)}</label><caption><p>{_inline(text)}</p></caption>"


def _table(spec: dict[str, Any], number: int) -> str:
    head = "".join(f"<th>{_inline(str(c))}</th>" for c in spec["columns"])
    rows = "".join("<tr>" + "".join(f"<td>{_inline(str(c))}</td>" for c in row) + "</tr>" for row in spec["rows"])
    foot = f"<table-wrap-foot><fn><p>{_inline(spec['note'])}</p></fn></table-wrap-foot>" if spec.get("note") else ""
    return (
        f'<table-wrap id="t{number}">{_caption(spec["caption"])}<table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{foot}</table-wrap>"
    )


def text(article: dict[str, Any]) -> str:
    """Return the article as plain text: a blank line between paragraphs, headings on lines of their own."""
    parts = [NOTICE, article["title"], re.sub(r"\^.*?\^", "", article["authors"]), "Abstract"]
    parts += [f"{name}: {said}" for name, said in article["abstract"].items()]
    for kind, content in article["body"]:
        if kind in ("h1", "h2", "p"):
            parts.append(content)
        elif kind == "table":
            parts.append(content["caption"])
            lines = [content["columns"], *content["rows"]]
            parts.append("\n".join("\t".join(_plain(str(cell)) for cell in row) for row in lines))
        else:
            parts.append(content["caption"])
    parts += ["References", *(f"{n}. {r}" for n, r in enumerate(article["references"], 1))]
    return "\n\n".join(_plain(part) for part in parts) + "\n"


def _plain(source: str) -> str:
    """Return marked-up text without markup; superscripts become the superscript characters."""
    out = re.sub(r"\^(.+?)\^", lambda m: m[1].translate(PLAIN), source.replace("\u00ad", ""))
    out = re.sub(r"_\{(.+?)\}", r"\1", out)
    return re.sub(r"\[@([\d,–]+)\]", r"[\1]", re.sub(r"\*{1,2}", "", out)).replace("∗", "*")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=HERE / "twins")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for study, write, suffix in ((AS_JATS, jats, "xml"), (AS_TEXT, text, "txt")):
        article = read_article(HERE / "articles" / f"{study}.md")
        (options.out / f"{study}.{suffix}").write_text(write(article), encoding="utf-8")
        print(f"{study}.{suffix}")


if __name__ == "__main__":
    main()
