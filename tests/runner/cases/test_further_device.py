"""A further device tries some of the first device's cases, or none if the property failed there."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from grader.report_model import Property
from grader.runner.call_log import CallLog, Case
from grader.runner.cases import further_device


def case(size, *, asked=True):
    return Case({"x": torch.zeros(size)}, exchanges=[object()] if asked else [])


def sizes(cases):
    return [len(one.inputs["x"]) for one in cases]


def test_the_smallest_and_the_largest_are_among_them():
    """Cases are chosen evenly across all sizes, smallest first."""
    cases = [case(size) for size in (7, 3, 9, 1, 5, 2, 8, 4, 6)]
    assert sizes(further_device.some(cases, most=3)) == [1, 5, 9]
    assert sizes(further_device.some(cases, most=1)) == [1]
    assert sizes(further_device.some(cases, most=9)) == list(range(1, 10))
    assert sizes(further_device.some([case(size) for size in range(100)])) == [
        0,
        11,
        22,
        33,
        44,
        55,
        66,
        77,
        88,
        99,
    ]


def test_each_kind_is_among_them():
    """Each dtype, string and number of axes is tried, even if it was rarely drawn."""
    usual = [Case({"x": torch.zeros(size), "mode": "full"}, exchanges=[object()]) for size in range(90)]
    seldom = [
        Case({"x": torch.zeros(50), "mode": "same"}, exchanges=[object()]),
        Case({"x": torch.zeros(60, dtype=torch.float64), "mode": "full"}, exchanges=[object()]),
        Case({"x": torch.zeros(5, 14), "mode": "full"}, exchanges=[object()]),
    ]
    chosen = further_device.some([*usual, *seldom])
    assert len(chosen) == 10
    assert all(any(one is each for each in chosen) for one in seldom)
    assert (chosen[0], chosen[-1]) == (usual[0], usual[-1])


def test_a_case_that_asked_nothing_is_no_case():
    """A case that was abandoned before the submission was called doesn't count."""
    assert further_device.some([case(2, asked=False), Case()]) == []


@pytest.mark.parametrize(
    ("value", "size"),
    [(torch.zeros(2, 3), 6), (np.zeros(4), 4), (-7, 7), ("word", 1), ([torch.zeros(2), (3, 1.5)], 6)],
)
def test_the_size_of_a_case(value, size):
    """The size of a case is how many numbers it contains."""
    assert further_device._size(Case({"value": value})) == size


def found(verdict, max_points=2.0):
    points = max_points if verdict == "met" else 0.0
    return Property("values", "It is.", "cpu", verdict, None, "because", points, max_points, 0.0)


def ruling(before, device="sim"):
    first = further_device.First()
    if before is not None:
        first.note("one", before)
        first.note("one", found("met"))
    return first.settles("one", "values", device)


def test_what_is_met_is_not_settled():
    """A property runs on a further device if it was met on the first one or didn't run there."""
    assert ruling(None) is None
    assert ruling(found("met")) is None
    assert ruling(found("not met"), device="cpu") is None


@pytest.mark.parametrize(
    ("before", "reason", "keeps"),
    [
        (found("not met"), "wrong on cpu: fix that first", True),
        (found("not judged"), "because", True),
        (found("not judged", 0.0), "because", False),
    ],
)
def test_what_is_not_met_settles_the_others(before, reason, keeps):
    """A property that isn't met on the first device earns nothing on a further one.

    Its points are left out of the total only if they were on the first device.
    """
    found = ruling(before)
    assert (found.verdict, found.reason, found.keeps_points) == ("not judged", reason, keeps)


def test_cases_are_tried_again():
    """A property's test gets the inputs from the first device and its own fixtures."""
    tried = []
    first, call_log = further_device.First(), CallLog()
    call_log.cases += [case(2), case(1)]
    first.open("one", "values", call_log)
    first.open("one", "values", CallLog())

    def test(**arguments):
        tried.append(arguments)

    test.hypothesis = SimpleNamespace(inner_test=test)
    item = object.__new__(pytest.Function)
    item.__dict__["_obj"] = test
    first.again(item, "one", "values")
    item.obj(f="function")
    assert [(one["f"], len(one["x"])) for one in tried] == [("function", 1), ("function", 2)]
