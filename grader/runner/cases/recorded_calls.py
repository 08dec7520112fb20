"""The reference's replies to each property's calls. A submission with the same replies passes."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.frames import HEADER
from grader.runner.call import Call, answer_of_course
from grader.runner.call_log import MOST_RECORDED, CallLog, Case, Exchange
from grader.runner.cases import drawn_cases
from grader.runner.cases.kept_cases import Calls, KeptProperty
from grader.sandbox import wire
from grader.sandbox.array_codec import Malformed

# By device and by the key of the property's drawn cases.
_recorded: dict[tuple[int, str], list[Case]] = {}


class PropertyCases:
    """The drawn cases of a property, with the reference's calls and replies."""

    def __init__(self, key: int | None = None, store: KeptProperty | None = None) -> None:
        """Take the key of the drawn cases, or None if the property draws none, and what earlier runs kept."""
        self.key = key
        self.store = store

    def recorded(self, device: str) -> list[Case]:
        """Return the recorded cases on a device, or an empty list if there are none."""
        if self.key is None:
            return []
        if (self.key, device) not in _recorded and self.store is not None:
            drawn = drawn_cases.recalled(self.key, self.store)
            cases = [] if drawn is None else drawn.cases
            _recorded[self.key, device] = _cases(cases, self.store.calls(device))
        return _recorded.get((self.key, device), [])

    def record(self, device: str, call_log: CallLog) -> None:
        """Keep the calls of a property that the reference meets, if all of them can be kept."""
        if self.key is None:
            return
        # The first case holds the calls without drawn inputs.
        _, *cases = call_log.cases
        calls = [one for case in cases for one in case.exchanges]
        whole = len(cases) == drawn_cases.count_of(self.key) and all(one.reply for one in calls)
        if not whole or sum(len(one.call.frame) + len(one.reply) for one in calls) > MOST_RECORDED:
            return
        _recorded[self.key, device] = cases
        if self.store is not None:
            self.store.keep_calls(
                device, [[(one.call.frame, one.reply) for one in case.exchanges] for case in cases]
            )


def _cases(drawn: list[dict[str, Any]], kept: list[Calls]) -> list[Case]:
    """Return the drawn cases with their calls, or an empty list if they don't belong together."""
    if len(drawn) != len(kept):
        return []
    try:
        return [
            Case(inputs, [_exchange(frame, reply) for frame, reply in calls])
            for inputs, calls in zip(drawn, kept, strict=True)
        ]
    except (Malformed, msgspec.DecodeError):
        return []


def _exchange(frame: bytes, reply: bytes) -> Exchange:
    ask, answer = wire.decode_ask(frame[HEADER:]), answer_of_course(reply)
    call = Call(ask.function, ask.mode, tuple(ask.args), ask.kwargs, ask.cotangent)
    # The same bytes, not an encoding of the decoded call.
    call.__dict__["frame"] = frame
    if answer is None:
        raise Malformed("a reply to another request")
    return Exchange(call, answer, reply)
