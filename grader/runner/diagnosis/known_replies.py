"""Replies of known mistakes, kept from one submission to the next.

Submissions to one exercise fail on the same cases, so the same known mistakes get the same calls. A known
mistake is course code that always answers a call in the same way, so its replies can be kept.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.runner.call import Answer, Call, answer_of_course
from grader.runner.submission_client import SubmissionClient
from grader.sandbox.wire import Raised, Refused, Returned

# Bytes of one call with its reply, and of all of them in one process.
LONGEST = 64 << 10
MOST_KEPT = 16 << 20


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """The reply of a known mistake, `EXERCISE/SLUG`, to a call on a device."""

    mistake: str
    device: str
    call: bytes
    reply: bytes


_several = msgspec.msgpack.Decoder(list[Reply])


class KnownReplies:
    """The replies that this process keeps, and which of them are new."""

    def __init__(self) -> None:
        """Start without replies."""
        self._kept: dict[tuple[str, str, bytes], bytes] = {}
        self._fresh: list[Reply] = []
        self._size = 0

    def recall(self, mistake: str, device: str, call: bytes) -> bytes | None:
        """Return the reply to a call, or None if it isn't kept."""
        return self._kept.get((mistake, device, call))

    def keep(self, one: Reply) -> None:
        """Keep a reply while there is room."""
        size, key = len(one.call) + len(one.reply), (one.mistake, one.device, one.call)
        if size <= LONGEST and self._size + size <= MOST_KEPT and key not in self._kept:
            self._size += size
            self._kept[key] = one.reply
            self._fresh.append(one)

    def fresh(self) -> bytes:
        """Return the replies that this process has added, for its parent process."""
        return msgspec.msgpack.encode(self._fresh)

    def learn(self, fresh: bytes) -> None:
        """Keep the replies that a fork has added. Ignore incomplete data."""
        try:
            several = _several.decode(fresh)
        except msgspec.DecodeError:
            return
        for one in several:
            self.keep(one)
        self._fresh.clear()


class KnownMistake:
    """A known mistake that answers calls from kept replies, or else from a worker."""

    def __init__(
        self, mistake: str, device: str, replies: KnownReplies, client: Callable[[], SubmissionClient]
    ) -> None:
        """Store the kept replies, and the function that returns a client with the mistake loaded."""
        self._mistake = mistake
        self._device = device
        self._replies = replies
        self._client = client

    def ask(self, call: Call) -> Answer:
        """Return the answer to a call."""
        kept = self._replies.recall(self._mistake, self._device, call.frame)
        if kept is not None:
            reply = answer_of_course(kept)
            if reply is not None:
                return reply
        client = self._client()
        answer = client.ask(call)
        if client.latest and isinstance(answer, Returned | Raised | Refused):
            self._replies.keep(Reply(self._mistake, self._device, call.frame, client.latest))
        return answer
