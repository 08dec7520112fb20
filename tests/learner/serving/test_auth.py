"""The checks on a request, which don't rely on the server in front of the application."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from grader.learner.serving.auth import Guard


def status(*hosts, kind="http", path="/token/page", method="GET"):
    """Return the status of a request and the path that the application saw."""
    sent, seen = [], []

    async def app(scope, receive, send):
        seen.append(scope["path"])
        await PlainTextResponse("page")(scope, receive, send)

    async def send(message):
        sent.append(message)

    headers = [(b"host", host) for host in hosts]
    scope = {"type": kind, "path": path, "method": method, "headers": headers}
    asyncio.run(Guard(app, "token", ["here:1"])(scope, None, send))
    return [one["status"] for one in sent if "status" in one], seen


def test_the_page_is_asked_for_without_the_token():
    """The application gets the path without the token."""
    assert status(b"here:1") == ([200], ["/page"])
    assert status(b"here:1", path="/token") == ([200], ["/"])


@pytest.mark.parametrize(
    "hosts", [[], [b"there:1"], [b"here:1", b"there:1"], [b"there:1", b"here:1"], [b"here:1", b"here:1"]]
)
def test_exactly_one_host_is_named(hosts):
    """A request with a second Host header is rejected, even if one of them is correct."""
    assert status(*hosts) == ([403], [])


def test_nothing_else_than_http_is_answered():
    """Websockets are rejected."""
    assert status(b"here:1", kind="websocket") == ([], [])
