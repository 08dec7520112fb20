"""Properties that were judged on several devices, as people read them: once, but for what a device adds."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from grader.records import ExerciseResult, Property


def told(exercise: ExerciseResult) -> ExerciseResult:
    """Return an exercise with each property once, but for what further devices add."""
    return structs.replace(exercise, properties=folded(exercise.properties))


def folded(properties: Sequence[Property]) -> list[Property]:
    """Return properties without what the first device has said already, their points added up.

    One on a further device is kept where it isn't met although it is on the first.
    """
    first: dict[str, Property] = {}
    for one in properties:
        first.setdefault(one.id, one)
    kept = (one for one in properties if one is first[one.id] or _adds(one, first[one.id]))
    return [_whole(one, properties) for one in kept]


def _adds(one: Property, first: Property) -> bool:
    return first.verdict == "met" and one.verdict != "met"


def _whole(one: Property, properties: Sequence[Property]) -> Property:
    """Return a property with what it is worth, and has earned, on all devices together."""
    twins = [twin for twin in properties if twin.id == one.id]
    points, most = (
        round(sum(each), 6) for each in zip(*((x.points, x.max_points) for x in twins), strict=True)
    )
    return one if len(twins) == 1 else structs.replace(one, points=points, max_points=most)
