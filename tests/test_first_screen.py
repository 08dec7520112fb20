"""Each known mistake's first screen shows its name and a case that can be worked out by hand."""

import ast

import pytest

from grader.text_table import as_array

LARGEST_ENTRY = 9
LONGEST = 8
LONGEST_SIDE = 5
# Some mistakes show only in large or slow cases; most of the others must keep this limit.
SHARE = 0.8
AT_LEAST = 40


def shown(found):
    """Return the arguments of the calls on the screen and the inputs below them, or None."""
    try:
        calls = [one.value for one in ast.parse(found.call).body]
    except SyntaxError:
        # `<float32 tensor of shape (1000,)>`: too large to be written out.
        return None
    # A name is that of a dtype.
    arguments = [one.value for call in calls for one in call.keywords if not isinstance(one.value, ast.Name)]
    below = [as_array(value) for name, value in found.inputs.items() if f"{name}=" not in found.call]
    arrays = [array for array in below if array is not None]
    if any(array.values is None for array in arrays):
        return None
    return [ast.literal_eval(one) for one in arguments] + [with_complex(array) for array in arrays]


def with_complex(array):
    """Return an array's nested lists, with the report's pairs converted to complex numbers."""
    if not array.dtype.startswith("complex"):
        return array.values

    def joined(value, depth):
        return [joined(one, depth - 1) for one in value] if depth else complex(*value)

    return joined(array.values, len(array.shape))


def numbers(value):
    """Return all numbers in nested lists; for a complex number, both parts."""
    if isinstance(value, list | tuple):
        return [one for part in value for one in numbers(part)]
    return [value.real, value.imag] if isinstance(value, int | float | complex) else []


def sides(value):
    """Return the lengths of nested lists."""
    return [len(value), *(sides(value[0]) if value else [])] if isinstance(value, list) else []


def small(value):
    """Return whether nested lists are short enough to work through by hand."""
    lengths = sides(value)
    return all(side <= (LONGEST if len(lengths) == 1 else LONGEST_SIDE) for side in lengths)


def complaint(result, slug):
    """Return what is wrong with a mistake's first screen, or None."""
    first = next((one for one in result.properties if one.verdict == "not met"), None)
    if first is None:
        return "nothing is shown"
    if first.misconception is None or first.misconception.slug != slug:
        return f"{first.id} doesn't name it"
    if first.counterexample is None:
        return f"{first.id} has no case"
    values = shown(first.counterexample)
    if values is None or not all(map(small, values)):
        return f"{first.id} has a large case"
    if not all(abs(one) <= LARGEST_ENTRY for one in numbers(values)):
        return f"{first.id} has large entries"
    return None


@pytest.mark.slow
def test_the_first_screen_names_the_mistake_in_a_small_case(proved, capsys):
    """Nearly all known mistakes are named at once, with a case small enough to work out by hand.

    Only the arguments of the calls and the inputs below them count as the case. Results don't count, because
    sums and products are larger. The exceptions are mistakes that no small case shows: carries of long
    integers, correct but slow methods, and methods that differ only with many blocks.
    """
    known = proved.of("misconception")
    complaints = {
        f"{exercise}/{trial.path.stem}": why
        for exercise, trial, result in known
        if (why := complaint(result, trial.path.stem)) is not None
    }
    good = len(known) - len(complaints)
    with capsys.disabled():
        print(
            f"\nfirst screens: {good} of {len(known)} name the mistake in a small case ({good / len(known):.1%})"
        )
        for name, why in complaints.items():
            print(f"  {name}: {why}")
    assert good >= max(AT_LEAST, SHARE * len(known))
