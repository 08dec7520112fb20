"""The messages between the runner and a worker: length-prefixed msgpack over a socket."""

from __future__ import annotations

from typing import Annotated, Any, BinaryIO, Literal

import msgspec

from grader.frames import HEADER, framed
from grader.sandbox import codec, message_limits
from grader.sandbox.array_codec import Malformed, TooMuch
from grader.source_text import Place, SourceText

MAX_REPLY = 40 << 20
# In characters. Our worker cuts longer texts, and the runner accepts none of them.
MAX_NAME = 100
MAX_MESSAGE = 2000
Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]
Message = Annotated[str, msgspec.Meta(max_length=MAX_MESSAGE)]

Mode = Literal["call", "inputs_after", "vjp", "cost", "operators", "transforms", "products", "origins"]


class Begin(msgspec.Struct, frozen=True, tag_field="op", tag="begin"):
    """Start a device, before a submission is sent."""

    device: str


class Prepare(msgspec.Struct, frozen=True, tag_field="op", tag="prepare"):
    """Prepare a submission's text to run on a device. It doesn't run yet."""

    source: SourceText
    device: str


class Load(msgspec.Struct, frozen=True, tag_field="op", tag="load"):
    """Run the prepared text as a module. A notebook's cells are run one by one with `Run`."""


class Run(msgspec.Struct, frozen=True, tag_field="op", tag="run"):
    """Run one cell, counted from 1."""

    cell: int


class Ask(msgspec.Struct, frozen=True, tag_field="op", tag="ask"):
    """Call one of the submission's functions."""

    function: str
    mode: Mode
    args: Any
    kwargs: dict[str, Any]
    cotangent: Any = None


class Hold(msgspec.Struct, frozen=True, tag_field="op", tag="hold"):
    """Keep these inputs for `Repeat`: the arguments of each call. They replace the inputs kept before."""

    inputs: list[list[Any]]


class Repeat(msgspec.Struct, frozen=True, tag_field="op", tag="repeat"):
    """Call a function once with each of the kept inputs. Only their number is returned, not the results."""

    function: str


class Confined(msgspec.Struct, frozen=True, tag_field="op", tag="confined"):
    """The worker's confinement. The worker sends it without a request, before it reads a submission."""

    tier: str
    active: dict[str, str]
    missing: dict[str, str]
    self_test: dict[str, str]


class Begun(msgspec.Struct, frozen=True, tag_field="op", tag="begun"):
    """The device or text is ready, or `trouble` describes a problem that the submission didn't cause."""

    trouble: Message = ""


class Returned(msgspec.Struct, frozen=True, tag_field="op", tag="returned"):
    """The function's return value."""

    value: Any


class Raised(msgspec.Struct, frozen=True, tag_field="op", tag="raised"):
    """The exception: the class's name, its built-in ancestors, the innermost line of the learner's text.

    The worker counts lines in the whole text. The runner sets the `cell` and counts in that cell.
    """

    type: Name
    bases: list[Name]
    message: Message
    line: int | None
    cell: int | None = None

    @property
    def place(self) -> str:
        """The line as written in a heading: `cell 3, line 2`, or nothing if unknown."""
        return Place(self.cell, self.line).name if self.line else ""

    @property
    def on_line(self) -> str:
        """The line as written in a sentence: ` on line 2 of cell 3`."""
        cell = "" if self.cell is None else f" of cell {self.cell}"
        return f" on line {self.line}{cell}" if self.line else ""


class Loaded(msgspec.Struct, frozen=True, tag_field="op", tag="loaded"):
    """The text or one cell ran, and these names can be called. A cell may have raised an exception."""

    functions: list[Name]
    raised: Raised | None = None


class Refused(msgspec.Struct, frozen=True, tag_field="op", tag="refused"):
    """The function returned a value that can't be sent."""

    found: Message


Request = Begin | Prepare | Load | Run | Ask | Hold | Repeat
Reply = Confined | Begun | Loaded | Returned | Raised | Refused

_hook = codec.hook_for()
_requests = msgspec.msgpack.Decoder(Request, ext_hook=_hook)
_replies = msgspec.msgpack.Decoder(Reply, ext_hook=_hook)
_encoder = msgspec.msgpack.Encoder()


def frame(message: Request | Reply) -> bytes:
    """Return a message preceded by its length."""
    return framed(_encoder.encode(message))


def read_request(stream: BinaryIO) -> Request | None:
    """Return the next request, or None when the runner is gone.

    The stream is buffered: requests that were sent ahead are read at once.
    """
    try:
        size = int.from_bytes(stream.read(HEADER), "big")
        body = stream.read(size)
    except ConnectionError:
        return None
    return _requests.decode(body) if size and len(body) == size else None


def decode_ask(body: bytes) -> Ask:
    """Return a request to call a function. Raise msgspec.DecodeError or Malformed for anything else."""
    request: Request = _requests.decode(body)
    if not isinstance(request, Ask):
        raise Malformed("another request")
    return request


def decode_reply(body: bytes | bytearray) -> Reply:
    """Return a worker's reply. Raise Malformed for anything that our worker would never send."""
    try:
        message_limits.admit(body)
        reply: Reply = _replies.decode(body)
    except MemoryError:
        raise TooMuch("more than fits into memory") from None
    except Exception as error:  # noqa: BLE001 - the bytes are untrusted and cause any error
        raise Malformed(f"a reply that isn't one ({type(error).__name__}: {error})") from None
    return reply


def reply_size(header: bytes | bytearray) -> int:
    """Return the announced size of a reply, after checking the limit."""
    size = int.from_bytes(header, "big")
    if size > MAX_REPLY:
        raise Malformed(f"a reply of {size} bytes")
    return size
