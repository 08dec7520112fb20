"""The property `device`, which sums up the results on additional devices and has its own points.

On additional devices, the other properties give evidence but no points. So each cause costs points once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import structs

from grader.report_model import DEVICE, DEVICE_SAYS, Property, Verdict
from grader.runner.diagnosis.device_lint.device_mistakes import SLUG

# Without these, the answer is too wrong for a test on another device.
CORE = ("shape", "values")
UNSHOWN = "a hidden test fails there"


def concluded(found: Sequence[Property], worth: float, excused: Collection[str] = ()) -> Property | None:
    """Return the property `device`, or None if there was only one device.

    `excused` contains the properties that couldn't run on an additional device because of this machine
    or the course.
    """
    evidence = [one for one in found if one.evidence]
    if not evidence:
        return None
    wrong = [one for one in evidence if one.verdict == "not met"]
    first = {one.id: one for one in found if not one.evidence}
    device = failed(wrong, worth) if wrong else _tried(evidence, first, worth, excused)
    return structs.replace(device, duration=round(sum(one.duration for one in evidence), 6))


def failed(wrong: Sequence[Property], worth: float) -> Property:
    """Return the property `device` if others fail on an additional device. The first one gives the reason.

    If all failed properties are hidden, only the line of the learner's text is shown.
    """
    told = next((one for one in wrong if not one.hidden), None)
    known = (told or wrong[0]).misconception
    if told is None:
        known = known if known is not None and known.slug.startswith(SLUG) else None
        device = _device(wrong[0], "not met", worth, UNSHOWN)
        return structs.replace(device, cause=wrong[0].cause, misconception=known)
    # A known mistake explains itself.
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
    """Return the property `device` if nothing fails on an additional device."""
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
