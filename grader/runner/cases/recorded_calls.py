"""The reference's replies to each property's calls. A submission with equal replies passes."""

from __future__ import annotations

from grader.runner.call_log import MOST_RECORDED, CallLog, Case
from grader.runner.cases import drawn_cases

# By device and by the key of the property's drawn cases.
_recorded: dict[tuple[int, str], list[Case]] = {}


def recorded(key: int | None, device: str) -> list[Case]:
    """Return the recorded cases of a property on a device, or an empty list if there are none."""
    return [] if key is None else _recorded.get((key, device), [])


def record(key: int | None, device: str, call_log: CallLog) -> None:
    """Keep the calls of a property that the reference meets, if all of them can be kept."""
    if key is None:
        return
    # The first case holds the calls without drawn inputs.
    _, *cases = call_log.cases
    calls = [one for case in cases for one in case.exchanges]
    whole = len(cases) == drawn_cases.count_of(key) and all(one.reply for one in calls)
    if whole and sum(len(one.call.frame) + len(one.reply) for one in calls) <= MOST_RECORDED:
        _recorded[key, device] = cases
