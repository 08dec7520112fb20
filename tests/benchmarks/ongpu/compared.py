"""Find differences between expected and actual results, and between two devices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

SIM = "sim"
# Expected differences, each with its reason.
KNOWN = {
    "mistakes/device_of_the_machine.py": (
        "with CUDA, the device is the input's. Only a machine without CUDA shows the mistake"
    ),
}
_NAMED = re.compile(rf"(?<![a-z]){SIM}(?![a-z])")
Rows = Mapping[str, list[dict[str, Any]]]


def unmet(rows: Rows, device: str) -> list[str]:
    """Return each property that a correct answer doesn't meet, and report if nothing ran on the device."""
    found = [
        f"{file}: `{one['id']}` on {one['device']} is {one['verdict']}: {one['reason']}"
        for file, properties in rows.items()
        for one in properties
        if one["verdict"] != "met"
    ]
    seen = {one["device"] for properties in rows.values() for one in properties}
    return found + ([f"nothing was judged on {device}"] if rows and device not in seen else [])


def differing(there: Rows, simulated: Rows, device: str) -> tuple[list[str], list[str], list[str]]:
    """Compare the results of files on a device with those on the simulated one.

    Return the differences, those with a known reason, and those only in torch's own error messages.
    """
    differ, known, words = [], [], []
    for file in there:
        if file not in simulated:
            continue
        one, other = (_by_property(rows[file], device) for rows in (there, simulated))
        said = [
            line
            for key in sorted({*one, *other})
            for line in _told(key, one.get(key), other.get(key), device)
        ]
        if said:
            reason = KNOWN.get(file)
            (known if reason else differ).append(f"{file}: {'; '.join([*said, *filter(None, [reason])])}")
        elif reworded := [key for key in one if one[key]["reason"] != other[key]["reason"]]:
            key = reworded[0]
            words.append(f"{file}: `{key[0]}`: {one[key]['reason']} | {other[key]['reason']}")
    return differ, known, words


def _told(key: tuple[str, str], one: Any, other: Any, device: str) -> Iterable[str]:
    """Yield the differences in one property: its verdict, or a message from the grader."""
    name = f"`{key[0]}` on {key[1]}"
    if one is None or other is None:
        yield f"{name} was judged on {SIM if one is None else device} alone"
        return
    if one["verdict"] != other["verdict"]:
        yield f"{name} is {one['verdict']} ({one['reason']}), {other['verdict']} on {SIM} ({other['reason']})"
        return
    # The reason of an error is torch's own message.
    for part in ("cause", "told") if one["cause"] == "error" else ("cause", "told", "reason"):
        if one[part] != other[part]:
            yield f"{name}: {one[part]!r}, on {SIM} {other[part]!r}"


def _by_property(properties: list[dict[str, Any]], device: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return properties by name and device. The simulated device gets the name of the real one."""
    renamed = [
        {part: _NAMED.sub(device, text) if isinstance(text, str) else text for part, text in one.items()}
        for one in properties
    ]
    return {(one["id"], one["device"]): one for one in renamed}
