"""White space inside a line: spread letters closed up, words that run together parted, soft hyphens taken out."""

from __future__ import annotations

from typing import Any

from vivex.parse.lines import Span


def without_soft_hyphens(text: str, edges: list[float], spans: list[Span]) -> tuple[str, list[float], list[Span]]:
    """Return a line without the soft hyphens inside it; one at the end stays until lines are joined."""
    end = len(text.rstrip())
    keep = [i for i, c in enumerate(text) if c != "\u00ad" or i == end - 1]
    moved, count = [], 0
    for i, c in enumerate(text):
        moved.append(count)
        count += c != "\u00ad" or i == end - 1
    moved.append(count)
    for span in spans:
        span.start, span.end = moved[span.start], moved[span.end]
    return "".join([text[i] for i in keep]), [edges[i] for i in keep] + edges[-1:], spans


def closed_up(text: str, edges: list[float], spans: list[Span]) -> tuple[str, list[float], list[Span]]:
    """Return a letter-spaced line ("R E S U L T S") without the spaces between letters."""
    text = text.rstrip()
    keep = [i for i, c in enumerate(text) if c != " " or text[i - 1] == " "]
    span = spans[0]
    closed = "".join([text[i] for i in keep])
    return (
        closed,
        [edges[i] for i in keep] + [edges[len(text)]],
        [Span(0, len(closed), span.size, span.font, span.bold, span.italic, False)],
    )


def parted(
    text: str, edges: list[float], spans: list[Span], item: dict[str, Any]
) -> tuple[str, list[float], list[Span]]:
    """Return a line with the spaces that a tight setting hides from MuPDF, where words run together."""
    rights = [c["bbox"][2] for s in item["spans"] for c in s["chars"]]
    if len(rights) != len(text):
        return text, edges, spans
    size = item["spans"][0]["size"]
    gaps = [edges[i + 1] - rights[i] for i in range(len(text) - 1) if text[i] != " " and text[i + 1] != " "]
    ordered = sorted(gaps)
    usual = ordered[len(ordered) // 2]
    if ordered[int(0.97 * len(ordered))] - usual < 0.04 * size:
        return text, edges, spans
    limit = usual + max(0.04 * size, 0.5 * (ordered[int(0.97 * len(ordered))] - usual))
    out: list[str] = []
    places: list[float] = []
    moved: list[int] = []
    for i, char in enumerate(text):
        moved.append(len(out))
        out.append(char)
        places.append(edges[i])
        if i + 1 < len(text) and char != " " and text[i + 1] != " " and edges[i + 1] - rights[i] > limit:
            out.append(" ")
            places.append(rights[i])
    moved.append(len(out))
    for span in spans:
        span.start, span.end = moved[span.start], moved[span.end]
    return "".join(out), [*places, edges[-1]], spans
