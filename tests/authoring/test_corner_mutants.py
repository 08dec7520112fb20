"""Corner mutants: functions that are correct except in one corner case."""

import types

import pytest
import torch

from grader.authoring import corner_mutants, proof_trials
from grader.authoring.corner_mutants import Corner, CornerFunction, Parameter

TEMPLATE = types.ModuleType("corners")
exec(corner_mutants.template(), vars(TEMPLATE))  # noqa: S102 - as a mutant does it

ALL = {"with_complex": True, "with_gradients": True, "with_inputs": True, "with_domain": True}
SMALL = torch.tensor([1.0, 2.0])
FRACTION = torch.tensor([0.1, 0.2], dtype=torch.float64)


def twice(x, n=1):
    if not x.numel() or n < 1:
        raise ValueError("nothing")
    return n * 2 * x


def of_course(course):
    """Return every corner case of the course's functions."""
    return [
        corner
        for one in course.exercises.values()
        for function in corner_mutants.functions_of(one.stub.read_text(encoding="utf-8"))
        for corner in corner_mutants.corners(function, **ALL)
    ]


def test_every_corner_is_asked_for(course):
    """The template lists exactly the corner cases of the course's functions."""
    assert {one.kind for one in of_course(course)} == set(TEMPLATE.CORNERS)


def test_each_mutant_has_a_name_of_its_own(course):
    """A mutant's name is unique among text and corner mutants and doesn't depend on line numbers."""
    for one in course.exercises.values():
        names = [mutant.name for mutant in proof_trials.every_mutant(one)]
        assert len(names) == len(set(names)), one.id


def test_a_mutant_is_a_whole_text(course):
    """A mutant is a complete file: it defines the function as the reference does, except in one case."""
    one = course.exercises["toeplitz_1d"]
    (mutant,) = [each for each in corner_mutants.corners_of(one) if each.name.endswith("float32 on the way")]
    module = types.ModuleType("mutant")
    exec(mutant.source, vars(module))  # noqa: S102 - a reference's text with a wrapper
    assert module.build_toeplitz_1d(SMALL, 2).tolist() == [[1.0, 2.0]]
    assert module.build_toeplitz_1d(FRACTION, 2).tolist() == FRACTION.float().double()[None].tolist()


def test_a_stub_tells_what_there_is_to_break():
    """Annotations distinguish tensors from numbers, and shapes in the docstring give their axes."""
    (function,) = corner_mutants.functions_of(
        'def f(x: Tensor, b: Tensor, n: int) -> Tensor:\n    """Do it.\n\n    x: (N, C, k)\n    b: ()\n    returns: (n, k)\n    """\n'
    )
    assert [(one.name, one.axes, one.is_tensor, one.is_integer) for one in function.parameters] == [
        ("x", 3, True, False),
        ("b", 0, True, False),
        ("n", 1, False, True),
    ]
    assert function.axes == 2
    says = [one.says for one in corner_mutants.corners(function, **ALL)]
    assert "axis 1 of x permuted from 3 on" in says
    assert "n cut at 3" in says
    assert not any("length of b" in one for one in says)


def test_what_no_property_looks_at_is_not_broken():
    """Complex dtypes, gradients, inputs and the domain aren't mutated if no property tests them."""
    function = CornerFunction("f", [Parameter("x", 0, "Tensor", 1)], "Tensor", 1)
    kinds = {one.kind for one in corner_mutants.corners(function, **dict.fromkeys(ALL, False))}
    assert not kinds & {"detached", "in_place", "domain"}


@pytest.mark.parametrize(
    ("corner", "arguments"),
    [
        (Corner("", "single"), (FRACTION,)),
        (Corner("", "half"), (FRACTION.float(),)),
        (Corner("", "rounded", (0,)), (FRACTION,)),
        (Corner("", "truncated"), (FRACTION,)),
        (Corner("", "clamped"), (1e7 * SMALL,)),
        (Corner("", "entries", (4,)), (torch.arange(5.0),)),
        (Corner("", "taps", (4,)), (torch.arange(5.0),)),
        (Corner("", "rows", (4,)), (torch.arange(1.0, 6),)),
        (Corner("", "columns", (4,)), (torch.ones(1, 5),)),
        (Corner("", "integer", ((1, "n"), 3)), (SMALL, 4)),
        (Corner("", "dtype", ("float64",)), (FRACTION,)),
        (Corner("", "whole", ((0, "x"),)), (FRACTION,)),
        (Corner("", "beyond", (9.0,)), (10 * SMALL,)),
        (Corner("", "tiny"), (1e-6 * SMALL,)),
        (Corner("", "negative", ((0, "x"),)), (-SMALL,)),
        (Corner("", "equal"), (torch.ones(3),)),
        (Corner("", "permuted", ((0, "x"), 0)), (torch.arange(3.0),)),
        (Corner("", "gaps", ((0, "x"),)), (torch.arange(6.0)[::2],)),
        (Corner("", "sizes", ((0, "x"), "even")), (torch.arange(3.0),)),
        (Corner("", "square", ((0, "x"),)), (torch.arange(9.0).reshape(3, 3),)),
    ],
)
def test_a_corner_is_broken_and_nothing_else(corner, arguments):
    """A mutant returns a wrong result in its corner case and the right one for small integers."""
    broken = TEMPLATE.broken(twice, corner.kind, *corner.details)
    assert not torch.equal(broken(*arguments), twice(*arguments))
    assert torch.equal(broken(SMALL), twice(SMALL))


def test_corners_without_a_value():
    """Gradients, inputs, the domain and the number of calls are each broken in a specific way."""
    x = FRACTION.clone().requires_grad_()
    assert not TEMPLATE.broken(twice, "detached", "float64")(x).requires_grad
    changed = FRACTION.clone()
    TEMPLATE.broken(twice, "in_place", (0, "x"), "float64")(changed)
    assert not torch.equal(changed, FRACTION)
    near = TEMPLATE.broken(twice, "domain", (1, "n"))
    near(SMALL, 0)
    with pytest.raises(ValueError, match="nothing"):
        near(SMALL, -1)
    later = TEMPLATE.broken(twice, "calls", 1)
    assert [later(SMALL).tolist() for _ in range(2)] == [[2.0, 4.0], [3.0, 5.0]]
