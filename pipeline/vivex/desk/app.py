"""The desk's addresses: what the browser may ask, each answered by one function of this room."""

from __future__ import annotations

import functools
import json
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vivex.desk import adding, asking, board, deciding, differences, noticing, shelf, study_page
from vivex.desk.aside import Aside
from vivex.desk.deciding import Act, Changed
from vivex.desk.desk_review import DeskReview
from vivex.desk.doorkeeper import Doorkeeper, Latch
from vivex.desk.painting import Painter, Wanted, scale_of
from vivex.errors import UnknownName, VivexError, in_one_line
from vivex.people.blind import note_seen
from vivex.people.who import now
from vivex.review import gather

Endpoint = Callable[[Request], Awaitable[Response]]
_STATIC = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def make_app(desk: DeskReview, latch: Latch, painter: Painter, aside: Aside) -> Doorkeeper:
    """Return the desk as an ASGI app behind its doorkeeper."""
    page = _Page(desk, latch, painter, aside)
    routes = [
        Route("/", static_file("index.html")),
        *(Route(f"/static/{name}", static_file(name)) for name in static_names()),
        Route("/api/review", page.answer(lambda r: study_page.review_data(desk, latch.session))),
        Route("/api/board", page.answer(lambda r: board.board_data(desk))),
        Route("/api/noticed", page.answer(lambda r: noticing.noticed_data(desk))),
        Route("/api/studies/{id}", page.answer(lambda r: study_page.study_data(desk, page.study(r)))),
        Route("/api/studies/{id}/bound", page.answer(lambda r: study_page.bound_data(desk, page.study(r)))),
        Route("/api/studies/{id}/pages/{number:int}", page.answer(page.layout)),
        Route("/api/studies/{id}/pages/{number:int}/picture", page.picture),
        Route("/api/studies/{id}/act", page.writing(page.act), methods=["POST"]),
        Route("/api/studies/{id}/row", page.writing(page.row), methods=["POST"]),
        Route("/api/studies/{id}/undo", page.writing(page.undo), methods=["POST"]),
        Route("/api/studies/{id}/redo", page.writing(page.redo), methods=["POST"]),
        Route("/api/studies/{id}/close", page.writing(page.close), methods=["POST"]),
        Route("/api/studies/{id}/exclude", page.writing(page.exclude), methods=["POST"]),
        Route("/api/differences", page.answer(lambda r: differences.differences_data(desk))),
        Route("/api/studies/{id}/settle", page.writing(page.settle), methods=["POST"]),
        Route("/api/results", page.answer(lambda r: shelf.results_data(desk))),
        Route("/api/results/{file}", page.file),
        Route("/api/results/{file}/table", page.answer(lambda r: shelf.table_data(desk, r.path_params["file"]))),
        Route("/api/papers", page.paper, methods=["POST"]),
        Route("/api/send", page.send, methods=["POST"]),
        Route("/api/hand-out", page.hand_out, methods=["POST"]),
        Route("/api/form", page.answer(lambda r: asking.form_data(desk))),
        Route(
            "/api/form/check", page.form_sent(lambda s: asking.check_form(desk, asking.draft_of(s))), methods=["POST"]
        ),
        Route("/api/form/save", page.form_sent(lambda s: asking.save_form(desk, asking.draft_of(s))), methods=["POST"]),
        Route("/api/form/preview", page.form_sent(page.preview), methods=["POST"]),
        Route("/api/form/hand-out", page.form_sent(page.hand_out_new), methods=["POST"]),
    ]
    return Doorkeeper(Starlette(routes=routes), latch)


@functools.cache
def static_names() -> tuple[str, ...]:
    """Return the names of the files that the browser gets as they are."""
    names = (entry.name for entry in files("vivex.desk").joinpath("static").iterdir())
    return tuple(sorted(name for name in names if f".{name.rpartition('.')[2]}" in _STATIC))


def static_file(name: str) -> Endpoint:
    """Return what gives a file of the front end."""
    data = files("vivex.desk").joinpath("static", name).read_bytes()
    kind = _STATIC[f".{name.rpartition('.')[2]}"]

    async def give(_: Request) -> Response:
        return Response(data, media_type=f"{kind}; charset=utf-8")

    return give


class _Page:
    """Answer what the browser asks about one review."""

    def __init__(self, desk: DeskReview, latch: Latch, painter: Painter, aside: Aside) -> None:
        self.desk, self.latch, self.painter, self.aside = desk, latch, painter, aside

    def study(self, request: Request) -> str:
        """Return the study that an address names."""
        return self.desk.study(request.path_params["id"])

    def answer(self, made: Callable[[Request], Any]) -> Endpoint:
        """Return what gives the JSON of a function, or what went wrong in one line."""

        async def give(request: Request) -> Response:
            return await _told(lambda: JSONResponse(made(request)))

        return give

    def writing(self, done: Callable[[str, dict[str, Any]], Any]) -> Endpoint:
        """Return what does something with the JSON sent about a study, and gives what came of it."""

        async def give(request: Request) -> Response:
            sent = _object(await request.body())
            if not sent and await request.body() != b"{}":
                return JSONResponse({"error": "the desk takes a JSON object"}, 400)
            return await _told(lambda: JSONResponse(done(self.study(request), sent)))

        return give

    def layout(self, request: Request) -> Any:
        """Return where words stand on a page."""
        return study_page.page_data(self.desk.files(self.study(request)).document, request.path_params["number"])

    async def picture(self, request: Request) -> Response:
        """Return a page's picture."""

        def paint() -> Response:
            study, number = self.study(request), request.path_params["number"]
            document = self.desk.files(study).document
            page = next((p for p in document.pages if p.number == number), None)
            sources, _ = gather([self.desk.review.pdfs] if self.desk.review.pdfs.is_dir() else [])
            path = sources.get(study)
            if page is None or path is None or document.source_format != "pdf":
                raise UnknownName(f"no picture of page {number}; the paper's file is not in pdfs/ (`vivex sync`?)")
            scale = scale_of(request.query_params.get("scale", "1.5"))
            data = self.painter.picture(Wanted(path, document.pdf_sha256, page, scale))
            return Response(data, media_type="image/webp", headers={"cache-control": "private, max-age=86400"})

        return await _told(paint)

    def act(self, study: str, sent: dict[str, Any]) -> Any:
        """Do what the reviewer does, and give the question as it stands then."""
        done = act_of(sent)
        before = study_page.statement_id(self.desk.statement(study))
        stale = bool(sent.get("version")) and sent["version"] != before  # other questions were decided elsewhere
        try:
            deciding.act(self.desk, study, done)
        except Changed as error:
            return {"changed": str(error), "stale": stale, **self._question(study, done.label)}
        return {"saved": True, "stale": stale, **self._question(study, done.label)}

    def row(self, study: str, sent: dict[str, Any]) -> Any:
        """Add a row of what was given, all its cells at once, and give the questions as they stand then."""
        cells = sent.get("cells")
        if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
            raise VivexError("a row comes as its cells; load the page again")
        shared = {"what": "add", "group": sent.get("group"), "spans": sent.get("spans")}
        done = [act_of({**cell, **shared}) for cell in cells]
        said: dict[str, Any] = {"saved": True}
        try:
            deciding.act_together(self.desk, study, done)
        except Changed as error:
            said = {"changed": str(error)}
        asked, standing = self._stands(study, [one.label for one in done])
        return {**said, "questions": asked, **standing}

    def _question(self, study: str, label: str) -> dict[str, Any]:
        (asked,), standing = self._stands(study, [label])
        return {"question": asked, **standing}

    def _stands(self, study: str, labels: list[str]) -> tuple[list[study_page.Data], study_page.Data]:
        """Return questions as they stand now, and what changes beside them."""
        desk, statement, hidden = self.desk, self.desk.statement(study), self.desk.hides(study)
        asked = study_page.questions_data(desk, statement, labels, hidden=hidden)
        return asked, study_page.standing_data(desk, statement, hidden=hidden)

    def undo(self, study: str, _: dict[str, Any]) -> Any:
        """Take the last act back."""
        deciding.take_back(self.desk, study)
        return study_page.study_data(self.desk, study)

    def redo(self, study: str, _: dict[str, Any]) -> Any:
        """Bring back what was taken back."""
        deciding.take_back(self.desk, study, again=True)
        return study_page.study_data(self.desk, study)

    def close(self, study: str, _: dict[str, Any]) -> Any:
        """Close a study: from now on the reviewer of a blind one sees what is proposed; what is here is committed."""
        self.desk.may_write()
        hidden = self.desk.hides(study)
        if not study_page.can_close(self.desk, self.desk.statement(study), hidden=hidden):
            raise UnknownName("answer every question first; then a study can be closed")
        if hidden:
            with self.desk.turn:
                note_seen(self.desk.review, self.desk.reviewer, [study], when=now(), by=f"{deciding.FILE}: closed")
        return {**study_page.study_data(self.desk, study), "said": self._committed()}

    def _committed(self) -> list[str]:
        """Commit what is here, and return what to say of it; what hinders it takes nothing of what was decided."""
        if self.desk.commit is None:
            return []
        try:
            return self.desk.commit()
        except VivexError as error:
            return [f"Saved here, but not committed: {error}"]

    def settle(self, study: str, sent: dict[str, Any]) -> Any:
        """Settle an item in conflict."""
        take = sent.get("take", [])
        done = differences.Settling(
            study,
            _text(sent, "label"),
            tuple(str(name) for name in take) if isinstance(take, list) else (),
            _text(sent, "value"),
            _text(sent, "note"),
        )
        differences.settle_item(self.desk, done)
        return {"saved": True}

    def exclude(self, study: str, sent: dict[str, Any]) -> Any:
        """Take a study out, or in again."""
        adding.take_out(self.desk, study, reason=_text(sent, "reason"), again=sent.get("again") is True)
        return {"saved": True}

    async def file(self, request: Request) -> Response:
        """Return a file of the results: pictures and texts to be seen, all else to be taken away."""

        def give() -> Response:
            path, kind = shelf.file_of(self.desk, request.path_params["file"])
            seen = kind.startswith(("image/", "text/plain"))
            headers = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
            if not seen:
                headers["content-disposition"] = (
                    f'attachment; filename="{path.name.encode("ascii", "replace").decode()}"'
                )
            return Response(path.read_bytes(), media_type=kind, headers=headers)

        return await _told(give)

    async def send(self, _: Request) -> Response:
        """Bring this copy and the team's together."""

        def send() -> Response:
            self.desk.may_write()
            if self.desk.send is None:
                raise UnknownName("this review has no team's copy yet; `vivex sync --share FOLDER` makes one")
            return JSONResponse({"said": self.desk.send()})  # deciding goes on meanwhile

        return await _told(send)

    async def hand_out(self, request: Request) -> Response:
        """Hand studies out."""
        sent = _object(await request.body())
        names, per_study, blind = sent.get("names"), sent.get("perStudy"), sent.get("blind")
        if not (isinstance(names, list) and type(per_study) is int and isinstance(blind, int | float)):
            return JSONResponse({"error": "give names, how many for each study, and the blind share"}, 400)
        given = [str(name) for name in names]
        return await _told(
            lambda: JSONResponse(
                {"said": adding.hand_out(self.desk, given, per_study=int(per_study), blind=float(blind))}
            )
        )

    async def paper(self, request: Request) -> Response:
        """Take a paper in."""
        data = await request.body()
        name = unquote(request.headers.get("x-vivex-name", ""))
        anyway = request.headers.get("x-vivex-anyway") == "yes"
        return await _told(lambda: JSONResponse(adding.add_file(self.desk, self.aside, name, data, anyway=anyway)))

    def form_sent(self, done: Callable[[dict[str, Any]], Any]) -> Endpoint:
        """Return what does something with the form that the browser sends."""

        async def give(request: Request) -> Response:
            sent = _object(await request.body())
            return await _told(lambda: JSONResponse(done(sent)))

        return give

    def preview(self, sent: dict[str, Any]) -> Any:
        """Return what the form would propose in a paper."""
        study = self.desk.study(_text(sent, "study"))
        return asking.preview(self.desk, self.aside, asking.draft_of(sent), study, _text(sent, "field"))

    def hand_out_new(self, sent: dict[str, Any]) -> Any:
        """Hand new questions out."""
        fields = sent.get("fields")
        return {"said": asking.hand_out_new(self.desk, [str(f) for f in fields] if isinstance(fields, list) else [])}


async def _told(give: Callable[[], Response]) -> Response:
    """Return an answer, or the fault in one line; a defect of ours is told without its inside."""
    try:
        return await run_in_threadpool(give)
    except UnknownName as error:
        return JSONResponse({"error": str(error)}, 404)
    except VivexError as error:
        return JSONResponse({"error": str(error)}, 409)
    except Exception as error:  # one request's fault ends no desk
        line = in_one_line(error)
        if line is None:
            import logging

            line = f"a defect of vivex ({type(error).__name__}); the terminal tells where"
            logging.getLogger("vivex.desk").exception("a request failed")
        return JSONResponse({"error": line}, 500)


def _object(body: bytes) -> dict[str, Any]:
    """Return the JSON object that was sent, an empty one where it is none."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


def act_of(sent: dict[str, Any]) -> Act:
    """Return the act that the browser sends; raise VivexError where it is none."""
    spans = sent.get("spans")
    pairs: list[tuple[int, int]] | None = None
    if isinstance(spans, list):
        pairs = []
        for pair in spans:
            whole = isinstance(pair, list) and len(pair) == 2
            if not whole or not all(isinstance(n, int) and not isinstance(n, bool) for n in pair):
                raise VivexError("marked words come as [[start, end], …]; load the page again")
            pairs.append((pair[0], pair[1]))
    seconds = sent.get("seconds")
    return Act(
        what=_text(sent, "what"),
        label=_text(sent, "label"),
        seen=_text(sent, "seen"),
        row=_text(sent, "row"),
        value=_text(sent, "value"),
        spans=None if pairs is None else tuple(pairs),
        group=None if sent.get("group") is None else _text(sent, "group"),
        note=_text(sent, "note"),
        seconds=float(seconds) if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None,
    )


def _text(sent: dict[str, Any], key: str) -> str:
    value = sent.get(key, "")
    if not isinstance(value, str):
        raise VivexError(f"{key} must be a text; load the page again")
    value.encode("utf-8")  # half a surrogate pair is no text
    return value
