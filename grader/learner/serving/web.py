"""Serve the pages of the course with a learner's results, on this machine only."""

from __future__ import annotations

import socket
import threading
from pathlib import PurePath
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from grader.course import Course
from grader.learner.serving.auth import Guard
from grader.learner.serving.events import Board
from grader.reports import coursepages, livepages

HOST = "127.0.0.1"
PATIENCE = 1.0
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".py": "text/plain",
    ".svg": "image/svg+xml",
}


def application(course: Course, board: Board) -> Starlette:
    """Return the web application. `live` has the results at the time of the request."""
    files = coursepages.assets(course) | livepages.assets()

    async def index(request: Request) -> Response:
        del request
        return HTMLResponse(coursepages.index(course, live=livepages.standing(course, board.known)))

    async def exercise(request: Request) -> Response:
        found = course.exercises.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        live = livepages.verdict(course, found, board.known)
        return HTMLResponse(coursepages.exercise_page(course, found, live=live))

    async def part(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "index":
            return HTMLResponse(livepages.standing(course, board.known))
        if name not in course.exercises:
            raise HTTPException(404)
        return HTMLResponse(livepages.verdict(course, course.exercises[name], board.known))

    async def events(request: Request) -> Response:
        del request
        return StreamingResponse(board.news(), media_type="text/event-stream")

    async def file(request: Request) -> Response:
        place = request.path_params["place"]
        if place not in files:
            raise HTTPException(404)
        return Response(files[place], media_type=TYPES[PurePath(place).suffix])

    return Starlette(
        routes=[
            Route("/", index),
            Route("/index.html", index),
            Route("/exercises/{name}.html", exercise),
            Route("/live/{name}.html", part),
            Route("/events", events),
            Route("/{place:path}", file),
        ]
    )


class Web:
    """The web server in its own thread. The starting thread continues with grading."""

    def __init__(self, course: Course, board: Board, listening: socket.socket, token: str) -> None:
        """Store the listening socket and the token that every request needs."""
        port = listening.getsockname()[1]
        self.address = f"http://{HOST}:{port}/{token}/"
        hosts = [f"{HOST}:{port}", f"localhost:{port}"]
        config = uvicorn.Config(
            Guard(application(course, board), token, hosts),
            log_config=None,
            access_log=False,
            lifespan="off",
            loop="asyncio",
            http="h11",
            ws="none",
            server_header=False,
        )
        self._board = board
        self._server = uvicorn.Server(config)
        # If it hangs, the command must still end.
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)

    def __enter__(self) -> Self:
        """Start the server."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop at once, even with open connections."""
        self.stop()
        self._thread.join(PATIENCE)

    def stop(self) -> None:
        """Begin to stop the server, without waiting for it."""
        self._board.close()
        self._server.should_exit = self._server.force_exit = True
