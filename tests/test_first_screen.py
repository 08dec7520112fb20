"""What a learner sees first of each known mistake: its name, and a case that can be recomputed by hand."""

import pytest

from grader.records import Array

LARGEST_ENTRY = 9
LONGEST = 8
LONGEST_SIDE = 5
# Some mistakes only show where something is large or slow; the bar is what most of the others must keep.
SHARE = 0.5
AT_LEAST = 40


def numbers(value):
    """All numbers in a value as reports carry it."""
    if isinstance(value, list | tuple):
        return [one for part in value for one in numbers(part)]
    if isinstance(value, dict):
        return [one for part in value.values() for one in numbers(part)]
    if isinstance(value, Array):
        return numbers(value.values) if value.values is not None else [float("inf")]
    return [value] if isinstance(value, int | float) else []


def arrays(value):
    """All arrays in the inputs of a case."""
    if isinstance(value, Array):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [one for part in parts for one in arrays(part)]


def small(array):
    """Whether an array is short enough to be worked through by hand."""
    if len(array.shape) <= 1:
        return all(side <= LONGEST for side in array.shape)
    return all(side <= LONGEST_SIDE for side in array.shape[-2:]) and all(
        side <= LONGEST_SIDE for side in array.shape[:-2]
    )


def complaint(result, slug):
    """What keeps the first screen of a mistake from being what it should be, or None."""
    first = next((one for one in result.properties if one.verdict == "not met"), None)
    if first is None:
        return "nothing is shown"
    if first.misconception is None or first.misconception.slug != slug:
        return f"{first.id} doesn't name it"
    if first.counterexample is None:
        return f"{first.id} has no case"
    if not all(map(small, arrays(first.counterexample.inputs))):
        return f"{first.id} has a large case"
    if not all(abs(one) <= LARGEST_ENTRY for one in numbers(first.counterexample.inputs)):
        return f"{first.id} has large entries"
    return None


@pytest.mark.slow
def test_the_first_screen_names_the_mistake_in_a_small_case(course, judged, capsys):
    """Of all known mistakes of the course, nearly all are named at once, in a case for a piece of paper."""
    known = [(one.id, wrong) for one in course.exercises.values() for wrong in one.misconceptions]
    results = judged([(exercise, wrong.path.read_text(encoding="utf-8")) for exercise, wrong in known])
    complaints = {
        f"{exercise}/{wrong.slug}": why
        for (exercise, wrong), result in zip(known, results, strict=True)
        if (why := complaint(result, wrong.slug)) is not None
    }
    good = len(known) - len(complaints)
    with capsys.disabled():
        print(
            f"\nfirst screens: {good} of {len(known)} name the mistake in a small case ({good / len(known):.1%})"
        )
        for name, why in complaints.items():
            print(f"  {name}: {why}")
    assert good >= max(AT_LEAST, SHARE * len(known))
