"""Accept only requests from this machine that carry the token.

The token is part of the path, because a cookie would be shared by all ports of a host. Pages from other
sites can't read the address. If such a site points its own host name at this machine (DNS rebinding),
the `Host` header shows the wrong name.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


class Guard:
    """An application protected by a token."""

    def __init__(self, app: ASGIApp, token: str, hosts: Iterable[str]) -> None:
        """Pass on only requests that name the token and one of the hosts."""
        self._app = app
        self._token = token.encode()
        self._hosts = {host.encode() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            return
        _, token, place = [*scope["path"].split("/", 2), "", ""][:3]

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await (self._refusal(scope, token) or self._app)({**scope, "path": f"/{place}"}, receive, answer)

    def _refusal(self, scope: Scope, token: str) -> ASGIApp | None:
        """Return the response that refuses a request, or None. The host name is checked first."""
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or named[0] not in self._hosts:
            return PlainTextResponse("wrong host name\n", 403)
        if not secrets.compare_digest(token.encode(), self._token):
            return PlainTextResponse("no such page\n", 404)
        if scope["method"] != "GET":
            return PlainTextResponse("only GET is allowed\n", 405, {"allow": "GET"})
        return None
