"""What the report of a review's results says before its studies: PRISMA's last boxes and the Methods paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from vivex.forms.report.review_page import Front
from vivex.forms.report.study import esc
from vivex.forms.tables.prisma import Box


def front(boxes: Sequence[Box], methods: str) -> Front:
    """Return the front of the report of what people settled."""
    return Front(
        title="results",
        words="Values are what reviewers settled. Where they disagree each answer is shown with who gives it; "
        "what one of two has answered awaits the other and is not shown; what "
        "only vivex proposes is hatched and marked, and counts for nothing.",
        caption="Judgements of {n} studies as reviewers settled them; hatched: proposed by vivex, not reviewed.",
        sections=(_prisma(boxes), _methods(methods)),
    )


def _prisma(boxes: Sequence[Box]) -> str:
    lines = "".join(
        f'<tr><th scope="row">{esc((box.reason and f"– {box.reason}") or box.name)}</th><td>{len(box.studies)}</td>'
        f"<td>{esc(', '.join(box.studies))}</td></tr>"
        for box in boxes
    )
    return (
        '<section><h2>Flow of studies (PRISMA, last boxes)</h2><div class="scroll"><table><thead><tr>'
        '<th scope="col">Box</th><th scope="col">n</th><th scope="col">Studies</th></tr></thead>'
        f"<tbody>{lines}</tbody></table></div></section>"
    )


def _methods(text: str) -> str:
    paragraphs = "".join(f"<p>{esc(paragraph)}</p>" for paragraph in text.split("\n\n"))
    return f"<section><h2>For the Methods section</h2>{paragraphs}</section>"
