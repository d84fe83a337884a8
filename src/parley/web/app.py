"""The routes: every page of the briefing, search, who says this, corrections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from parley.briefing.first import SaidBy, said_by
from parley.briefing.frame import EVERYTHING, FIELDS, Frame, parse_frame
from parley.briefing.lookup import Lookup
from parley.briefing.pages import STYLE
from parley.briefing.write import static
from parley.corrections.exchange import written
from parley.corrections.listed import correction_lines, root_of
from parley.errors import CorrectionError, EnteredError, ParleyError, StoreError
from parley.linking.nearest import Near, nearest_claims
from parley.model import Correction
from parley.search import FACETS
from parley.web.desk import Desk, Shelf, framed_links
from parley.web.entering import code_of, entering, note_of
from parley.web.forms import correction_of, form_of, moves, save, take_in
from parley.web.guard import Guard
from parley.web.results import search_page

STATIC = {STYLE: "text/css", "htmx.min.js": "text/javascript", "copy.js": "text/javascript"}
LONGEST = 2_000  # characters of a sentence that somebody asks about


def make_app(desk: Desk, hosts: Collection[str]) -> ASGIApp:
    """The application over a record; `hosts` are the names with port under which it is asked for."""
    pages = Pages(desk)
    routes = [
        Route("/", pages.page),
        Route("/search.html", pages.search),
        Route("/claim.html", pages.claim),
        Route("/correct.html", pages.correct),
        Route("/correct.html", pages.decide, methods=["POST"]),
        Route("/corrections.html", pages.corrections),
        Route("/corrections.html", pages.take_in, methods=["POST"]),
        Route("/corrections.jsonl", pages.hand_on),
        Route("/note.html", pages.note),
        Route("/note.html", pages.enter, methods=["POST"]),
        Route("/code.html", pages.enter, methods=["POST"]),
        Route("/{file}", pages.page),
    ]
    handlers: Any = {ParleyError: pages.refused, StoreError: _no_record, 404: pages.missing}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), hosts)


class Pages:
    """What is answered to each request."""

    def __init__(self, desk: Desk) -> None:
        """`desk` holds the record."""
        self._desk = desk

    def page(self, request: Request) -> Response:
        """A page of the briefing, or a file beside it."""
        file = request.path_params.get("file", "index.html")
        if file == "favicon.ico":  # browsers ask for one
            return Response(status_code=204)
        if file in STATIC:
            return Response(static(file), media_type=STATIC[file])
        if file == "statements.html" and any(request.query_params.get(name) for name in FACETS):
            return self.search(request)
        shelf, frame = self._desk.shelf(), _frame(request)
        if file not in shelf.site(frame).pages:
            return self.missing(request)
        return HTMLResponse(shelf.page(frame, file))

    def search(self, request: Request) -> Response:
        """What holds the words asked for, and the facets to narrow it by."""
        shelf, frame = self._desk.shelf(), _frame(request)
        asked = request.query_params
        of_statements = request.url.path == "/statements.html"
        chosen = {name: asked[name] for name in FACETS if asked.get(name)}
        wanted = chosen | ({"row": "statement"} if of_statements else {})
        number = _number(asked.get("part", ""))
        found = shelf.index(frame).find(asked.get("q", ""), wanted, number)
        content = search_page(found, asked.get("q", ""), wanted, number)
        return _shown(shelf, frame, "live_search.html", content)

    def claim(self, request: Request) -> Response:
        """Who of the reports says a sentence that somebody pastes in."""
        shelf, frame = self._desk.shelf(), _frame(request)
        sentence = request.query_params.get("text", "").strip()[:LONGEST]
        look = shelf.site(frame).shown.look
        near = [_near(look, one) for one in nearest_claims(look.record, sentence)] if sentence else []
        content = {"text": sentence, "near": near, "kept": {"text": sentence}}
        return _shown(shelf, frame, "live_claim.html", content)

    def correct(self, request: Request) -> Response:
        """The form of a row."""
        shelf, frame = self._desk.shelf(), _frame(request)
        look = shelf.site(frame).shown.look
        row = request.query_params.get("row", "")
        form = form_of(shelf, look, row)
        saved = request.query_params.get("saved", "")
        return self._form(shelf, frame, {"form": form, "saved": saved, "kept": {"row": row}})

    def corrections(self, request: Request) -> Response:
        """Every decision about what these pages show, and what became of it."""
        return self._listed(_frame(request), request.query_params.get("new", ""))

    def _listed(self, frame: Frame, new: str = "", message: str = "", status: int = 200) -> Response:
        shelf = self._desk.shelf()
        look = shelf.site(frame).shown.look
        rows = [
            replace(one, about=look.veil(one.about), decided=look.veil(one.decided))
            for one in reversed(correction_lines(shelf.shown, _corrections_of(shelf)))
        ]
        content = {"rows": rows, "new": _count(new), "message": message}
        return _shown(shelf, frame, "live_corrections.html", content, status)

    def hand_on(self, request: Request) -> Response:
        """The decisions about what these pages show, as a file for another person."""
        headers = {"content-disposition": 'attachment; filename="corrections.jsonl"'}
        text = written(_corrections_of(self._desk.shelf()))
        return PlainTextResponse(text, headers=headers, media_type="application/jsonl")

    async def take_in(self, request: Request) -> Response:
        """Another person's decisions, of a file that a form sends: all of them or none."""
        async with request.form() as form:
            sent = form.get("file")
            name, raw = (
                (sent.filename or "", await sent.read()) if isinstance(sent, UploadFile) else ("", b"")
            )
        return await run_in_threadpool(self._take_in, _frame(request), name, raw)

    def _take_in(self, frame: Frame, name: str, raw: bytes) -> Response:
        try:
            new = take_in(self._desk.shelf(), name, raw)
        except CorrectionError as error:
            return self._listed(frame, message=str(error), status=400)
        return RedirectResponse(f"/corrections.html?new={new}", 303)

    def note(self, request: Request) -> Response:
        """The form of a note that is about no row."""
        shelf, saved = self._desk.shelf(), request.query_params.get("saved", "")
        return self._note_form(shelf, _frame(request), {"saved": saved} | entering(shelf, saved))

    def _note_form(self, shelf: Shelf, frame: Frame, content: dict[str, Any], status: int = 200) -> Response:
        before = {"typed": {}, "message": "", "author": self._desk.author}
        return _shown(shelf, frame, "live_note.html", before | content, status)

    async def enter(self, request: Request) -> Response:
        """A note or a code of a form, saved at once: neither moves anything that is told."""
        typed = await _typed(request)
        is_note = request.url.path == "/note.html"
        return await run_in_threadpool(self._enter, _frame(request), typed, is_note)

    def _enter(self, frame: Frame, typed: dict[str, str], is_note: bool) -> Response:
        shelf = self._desk.shelf()
        row = typed.get("about" if is_note else "row", "")
        try:
            saved = (note_of if is_note else code_of)(shelf, typed, _instant(""))
        except (EnteredError, CorrectionError) as error:
            content = {"typed": typed, "message": str(error)}
            if row:
                form = form_of(shelf, shelf.site(frame).shown.look, row)
                return self._form(shelf, frame, content | {"form": form, "kept": {"row": row}}, 400)
            return self._note_form(shelf, frame, content | {"saved": ""} | entering(shelf, ""), 400)
        page = f"correct.html?row={row}&" if row else "note.html?"
        return RedirectResponse(f"/{page}saved={saved}", 303)

    async def decide(self, request: Request) -> Response:
        """What a form says: first what would move, then, once that is seen, it is saved."""
        return await run_in_threadpool(self._decide, _frame(request), await _typed(request))

    def _decide(self, frame: Frame, typed: dict[str, str]) -> Response:
        shelf = self._desk.shelf()
        look = shelf.site(frame).shown.look
        form = form_of(shelf, look, typed.get("row", ""))
        content: dict[str, Any] = {"form": form, "typed": typed, "kept": {"row": form.row}}
        try:
            made = correction_of(shelf.held.record, typed, _instant(typed.get("at", "")))
            if typed.get("save"):
                saved = save(shelf, made)
                return RedirectResponse(f"/correct.html?row={form.row}&saved={saved}", 303)
        except CorrectionError as error:
            return self._form(shelf, frame, content | {"message": str(error)}, 400)
        decided, lines = moves(self._desk, shelf, look, made)
        return self._form(shelf, frame, content | {"made": made, "decided": decided, "moves": lines})

    def _form(self, shelf: Shelf, frame: Frame, content: dict[str, Any], status: int = 200) -> Response:
        before: dict[str, Any] = entering(shelf, content.get("saved", "")) | {
            "typed": {},
            "made": None,
            "moves": (),
            "message": "",
            "saved": "",
            "author": self._desk.author,
        }
        return _shown(shelf, frame, "live_correct.html", before | content, status)

    def missing(self, request: Request, error: Exception | None = None) -> Response:
        """That there is no such page, in the manner of the others."""
        shelf = self._desk.shelf()
        frame = _frame(request)
        everything = request.path_params.get("file", "") in shelf.site(EVERYTHING).pages
        message = (
            "The account or the days that you chose leave this page out."
            if everything
            else "This record has no such page."
        )
        content = {"message": message, "whole": request.url.path if everything else ""}
        return _shown(shelf, frame, "live_error.html", content, 404)

    def refused(self, request: Request, error: Exception) -> Response:
        """What cannot be shown and why, in one line; what was typed stays in its form."""
        typed = {name: request.query_params.get(name, "") for name in FIELDS}
        content = {"message": str(error), "whole": "", "asked": typed}
        return _shown(self._desk.shelf(), EVERYTHING, "live_error.html", content, 400)


async def _typed(request: Request) -> dict[str, str]:
    """What a form says."""
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _no_record(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 503)


def _corrections_of(shelf: Shelf) -> list[Correction]:
    """The decisions about what may be shown."""
    told = {one.correction for one in shelf.shown.outcomes}
    by_id = {one.id: one for one in shelf.held.corrections}
    return [one for one in by_id.values() if root_of(one, by_id).id in told]


def _frame(request: Request) -> Frame:
    """The frame in the address. Raises ParleyError."""
    return parse_frame(*(request.query_params.get(name, "") for name in FIELDS))


def _instant(text: str) -> str:
    """When a correction was first looked at, so that what is saved is what was shown; else now."""
    try:
        return datetime.fromisoformat(text).isoformat(timespec="microseconds")
    except ValueError:
        return datetime.now(UTC).isoformat(timespec="microseconds")


def _number(text: str) -> int:
    return max(1, _count(text) or 1)


def _count(text: str) -> int | None:
    """A count in an address; None where there is none."""
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _near(look: Lookup, near: Near) -> tuple[SaidBy, str]:
    """A claim as a row, and in what it differs from what was asked."""
    return said_by(look, near.claim), near.differs


def _shown(shelf: Shelf, frame: Frame, template: str, content: dict[str, Any], status: int = 200) -> Response:
    """A page that only the live door has."""
    file = "index.html" if template == "live_error.html" else template.removeprefix("live_")
    html = shelf.site(frame).show(template, content, file)
    return HTMLResponse(framed_links(html, frame.fields()), status)
