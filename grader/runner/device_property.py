"""What further devices show, summed up in one property: `device`, with points of its own.

The other properties are tried there as evidence and carry no points, so that one cause costs once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import structs

from grader.records import DEVICE, DEVICE_SAYS, Property, Verdict
from grader.runner.diagnosis.device_lint.placement import SLUG

# An answer that lacks one of these isn't right enough for another device to say more.
CORE = ("shape", "values")
UNSHOWN = "a hidden test fails there"


def concluded(found: Sequence[Property], worth: float, excused: Collection[str] = ()) -> Property | None:
    """Return the property `device`; None where one device has judged everything.

    `excused` are the names of what this machine or the course kept from being tried on a further device.
    """
    evidence = [one for one in found if one.evidence]
    if not evidence:
        return None
    wrong = [one for one in evidence if one.verdict == "not met"]
    first = {one.id: one for one in found if not one.evidence}
    device = failed(wrong, worth) if wrong else _tried(evidence, first, worth, excused)
    return structs.replace(device, duration=round(sum(one.duration for one in evidence), 6))


def failed(wrong: Sequence[Property], worth: float) -> Property:
    """Return the property `device` where others fail on a further device: the first of them tells why.

    Of a hidden one nothing is told but the line of the learner's own text.
    """
    told = next((one for one in wrong if not one.hidden), None)
    known = (told or wrong[0]).misconception
    if told is None:
        known = known if known is not None and known.slug.startswith(SLUG) else None
        device = _device(wrong[0], "not met", worth, UNSHOWN)
        return structs.replace(device, cause=wrong[0].cause, misconception=known)
    # A mistake that is known says by itself what is wrong.
    reason = told.reason if known else f"`{told.id}` fails there: {told.reason}"
    return structs.replace(
        _device(told, "not met", worth, reason),
        cause=told.cause,
        counterexample=told.counterexample,
        misconception=known,
        replay=told.replay,
    )


def _tried(
    evidence: Sequence[Property], first: Mapping[str, Property], worth: float, excused: Collection[str]
) -> Property:
    """Return the property `device` where nothing fails on a further device."""
    needed = [one for one in first if one in CORE] if "values" in first else list(first)
    unmet = [one for one in evidence if one.id in needed and first[one.id].verdict != "met"]
    untried = [one for one in evidence if one.verdict != "met" and first[one.id].verdict == "met"]
    missing = unmet or untried
    if not missing:
        return _device(evidence[0], "met", worth)
    kept = [one for one in missing if one.id not in excused]
    if not kept:
        return _device(missing[0], "not judged", 0.0, missing[0].reason)
    names = " and ".join(f"`{one.id}`" for one in kept)
    reason = f"{names} must be correct on {first[kept[0].id].device} first" if unmet else kept[0].reason
    return _device(kept[0], "not judged", worth, reason)


def _device(on: Property, verdict: Verdict, worth: float, reason: str | None = None) -> Property:
    return Property(
        id=DEVICE,
        says=DEVICE_SAYS,
        device=on.device,
        verdict=verdict,
        cause=None,
        reason=reason,
        points=worth if verdict == "met" else 0.0,
        max_points=worth,
        duration=0.0,
        claimed=True,
    )
