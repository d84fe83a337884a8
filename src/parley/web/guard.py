"""What every request has to pass and every answer carries, so that no other site reads or changes a record.

A page of another site may make this machine's browser ask 127.0.0.1: under its own name (DNS rebinding: the Host header
tells), or with a form (the Origin header tells). Report text that should ever get through escaping finds no script allowed.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_FORM = 64_000  # bytes
LARGEST_FILE = 4_000_000  # ... of a form with a file
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # "no-referrer" would make the Origin of our own forms "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Stands before an application: refuses requests under another name or from another site, and sets the headers."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """`hosts`: the names with port under which the pages are asked for."""
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it in one line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refused = self._refusal(scope["method"], Headers(scope=scope))
        answer = PlainTextResponse(refused[1] + "\n", refused[0]) if refused else self._app
        await answer(scope, receive, with_headers)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """Status and reason for which a request is refused; None where it is not."""
        if headers.getlist("host") != [headers.get("host")] or headers.get("host") not in self._hosts:
            return 421, f"Not served under this name. Open http://{min(self._hosts)}/"
        if method in {"GET", "HEAD"}:
            return None
        if headers.get("origin") != f"http://{headers['host']}":
            return 403, "Only the record's own pages may send forms."
        length = headers.get("content-length", "")
        file = headers.get("content-type", "").startswith("multipart/form-data")
        largest = LARGEST_FILE if file else LARGEST_FORM
        if not length.isdigit() or int(length) > largest:
            return 413, f"A form of at most {largest} bytes, with its length, please."
        return None
