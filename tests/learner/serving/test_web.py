"""The served pages are read-only and available only on this machine and with the token."""

import http.client
import socket
import threading

import pytest

from grader.learner.serving.events import Board
from grader.learner.serving.web import Web
from grader.reports.livepages import Known

TOKEN = "a-token_of-no-meaning"


@pytest.fixture(scope="module")
def served(course):
    board = Board(Known("my/folder", trouble="error[x]: <what>"))
    listening = socket.create_server(("127.0.0.1", 0))
    with listening, Web(course, board, listening, TOKEN) as web:
        yield web, board, listening.getsockname()[1]


@pytest.fixture
def ask(served):
    """Send a request with any Host headers. Return the whole response."""

    def ask(path, *, method="GET", hosts=None):
        port = served[2]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.putrequest(method, path, skip_host=True)
        for host in [f"127.0.0.1:{port}"] if hosts is None else hosts:
            connection.putheader("Host", host.replace("PORT", str(port)))
        connection.endheaders()
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        return answer

    return ask


def test_the_address_holds_the_token(served):
    """The address contains this machine's IP address, so no name service is involved."""
    web, _, port = served
    assert web.address == f"http://127.0.0.1:{port}/{TOKEN}/"


@pytest.mark.parametrize(
    ("place", "kind", "words"),
    [
        ("", "text/html; charset=utf-8", "error[x]: &lt;what&gt;"),
        ("index.html", "text/html; charset=utf-8", "error[x]: &lt;what&gt;"),
        ("exercises/toeplitz_1d.html", "text/html; charset=utf-8", "error[x]: &lt;what&gt;"),
        ("live/toeplitz_1d.html", "text/html; charset=utf-8", "<h2>Your answer</h2>"),
        ("live/index.html", "text/html; charset=utf-8", "<h2>Your answers in"),
        ("site.css", "text/css; charset=utf-8", ".live"),
        ("live.js", "text/javascript; charset=utf-8", "EventSource"),
        ("laboratory.html", "text/html; charset=utf-8", "The laboratory"),
        ("laboratory.js", "text/javascript; charset=utf-8", "use strict"),
        ("laboratory.svg", "image/svg+xml", "<svg"),
        ("stubs/toeplitz_1d.py", "text/plain; charset=utf-8", "def build_toeplitz_1d"),
    ],
)
def test_each_page_is_there_under_a_strict_policy(ask, place, kind, words):
    """Each page's policy forbids scripts, foreign content, frames, sniffing, caching and referrers."""
    answer = ask(f"/{TOKEN}/{place}")
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert words in answer.text
    headers = {
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }
    assert {name: answer.headers[name] for name in headers} == headers
    assert {"server", "set-cookie", "access-control-allow-origin"} & {
        name.lower() for name in answer.headers
    } == set()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/index.html",
        "",
        f"/{TOKEN[:-1]}/",
        f"/{TOKEN}x/",
        f"/{TOKEN.upper()}/",
        f"//{TOKEN}/",
        "/%ff/",
        "/laboratory.html",
    ],
)
def test_without_the_token_there_is_nothing(ask, path):
    """Every path without the token returns 400 or 404."""
    answer = ask(path or "*")
    assert answer.status in {400, 404}
    assert "<" not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:PORT.evil.example", "[::1]:PORT", ""]
)
def test_another_host_is_refused(ask, host):
    """A request with another host name for this machine is rejected, even with the correct token."""
    answer = ask(f"/{TOKEN}/", hosts=[host])
    assert (answer.status, "<" in answer.text) == (403, False)


def test_one_host_must_be_named(ask):
    """A request without a Host or with two is rejected: browsers send exactly one."""
    assert ask(f"/{TOKEN}/", hosts=[]).status in {400, 403}
    assert ask(f"/{TOKEN}/", hosts=["127.0.0.1:PORT", "evil.example"]).status in {400, 403}
    assert ask(f"/{TOKEN}/", hosts=["localhost:PORT"]).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_nothing_can_be_written(ask, method):
    """Only GET requests are answered."""
    answer = ask(f"/{TOKEN}/", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "place",
    [
        "exercises/nothing.html",
        "live/nothing.html",
        "../pyproject.toml",
        "%2e%2e/pyproject.toml",
        "stubs/../live.js",
        "reference/toeplitz_1d/solution.py",
    ],
)
def test_only_the_pages_are_there(ask, place):
    """No address serves a file from the machine's disk."""
    assert ask(f"/{TOKEN}/{place}").status == 404


def test_no_other_address_of_this_machine_answers(served):
    """The socket listens on one loopback address, not on all addresses of the machine."""
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", served[2]), timeout=2)


def test_news_comes_as_it_happens(course):
    """A listener gets one event at the start, one for each change, and one at the end."""
    board = Board(Known("here"))
    listening = socket.create_server(("127.0.0.1", 0))
    with listening, Web(course, board, listening, TOKEN) as web:
        connection = http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=20)
        connection.request("GET", f"/{TOKEN}/events")
        answer = connection.getresponse()
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert [answer.readline() for _ in range(3)] == [b"retry: 1000\n", b"data: now\n", b"\n"]
        threading.Timer(0.1, board.show, [Known("here", loading=True)]).start()
        assert [answer.readline() for _ in range(2)] == [b"data: now\n", b"\n"]
        assert board.known.loading
        web.stop()
        try:
            rest = answer.read()
        except (http.client.IncompleteRead, ConnectionError):
            rest = b""
        assert rest in {b"", b"data: now\n\n"}
        answer.close()
        connection.close()
