"""Show the correct sum of products for a wrong cell."""

import math

import pytest
import torch
from references import formulas

from grader.runner.call import Call
from grader.runner.call_log import Case, Comparison, Exchange
from grader.runner.diagnosis.worked_cell import Recorded, window
from grader.runner.matchers import close
from grader.sandbox.wire import Raised, Returned
from grader.strategies import Layer1d

convolve_circular, dft = formulas("fourier").convolve_circular, formulas("fourier").dft
cross_correlate = formulas("one_dimension").cross_correlate
cross_correlate_strided = formulas("one_dimension").cross_correlate_strided
cross_correlate_2d = formulas("two_dimensions").cross_correlate_2d


def found(law, obtained, **inputs):
    """Return the window of a case with the expected value `law(**inputs)`."""
    expected = close(law(**inputs))
    case = Case(inputs, [Exchange(Call("f", "call", ()), Returned(obtained))])
    case.comparison = Comparison(obtained, expected, expected.difference(obtained))
    return window(case, lambda given: law(**given))


def written(one):
    return [(term.times, [(f.name, *f.at) for f in term.factors]) for term in one.terms]


def test_a_cell_is_a_sum_of_products():
    """The second entry of a cross-correlation is the kernel placed over x from index 1."""
    x, h = torch.tensor([1.0, 2, 3]), torch.tensor([2.0, 5])
    one = found(lambda x, h: cross_correlate(x, h), torch.tensor([12.0, 9]), x=x, h=h)
    assert (one.at, one.obtained, one.expected) == ([1], 9.0, 19.0)
    assert written(one) == [(1.0, [("h", 0), ("x", 1)]), (1.0, [("h", 1), ("x", 2)])]
    assert [factor.value for term in one.terms for factor in term.factors] == [2, 2, 5, 3]


def test_wrapping_is_seen():
    """A circular convolution takes its products from both ends of the signal."""
    x, h = torch.tensor([1.0, 2, 3]), torch.tensor([2.0, 5])
    one = found(lambda x, h: convolve_circular(x, h), torch.zeros(3), x=x, h=h)
    assert written(one) == [(1.0, [("h", 0), ("x", 0)]), (1.0, [("h", 1), ("x", 2)])]


def test_images_have_two_indices():
    """Entries of an image and its kernel are named by row and column."""
    x, h = torch.arange(1.0, 10).reshape(3, 3), torch.tensor([[1.0, 2], [3, 4]])
    one = found(lambda x, h: cross_correlate_2d(x, h).flatten(), torch.zeros(4), x=x, h=h)
    assert written(one)[0] == (1.0, [("h", 0, 0), ("x", 0, 0)])
    assert [entry for _, (_, entry) in written(one)] == [("x", 0, 0), ("x", 0, 1), ("x", 1, 0), ("x", 1, 1)]


def test_entries_of_a_named_tuple_bear_its_name():
    """A kernel inside a layer is called `layer.kernel`, and padding has no factor."""
    layer = Layer1d(torch.tensor([2.0, 5]), 2, 1, 1, 1)
    one = found(
        lambda layer, x: cross_correlate_strided(x, layer.kernel, 1, 1, 1),
        torch.zeros(3),
        layer=layer,
        x=torch.tensor([1.0, 3]),
    )
    assert written(one) == [(1.0, [("layer.kernel", 1), ("x", 0)])]


def test_an_entry_that_is_copied_is_one_factor():
    """A matrix entry that copies a tap is shown as that tap, with its sign and count."""
    h = torch.tensor([2.0, 5])
    one = found(lambda h: torch.stack((-h[1], 2 * h[0])), torch.zeros(2), h=h)
    assert written(one) == [(-1.0, [("h", 1)])]


@pytest.mark.parametrize(
    ("law", "obtained"),
    [
        (lambda x: x**2, torch.zeros(3)),
        (lambda x: x + 1, torch.zeros(3)),
        (lambda x: x / 3, torch.zeros(3)),
        (lambda x: torch.full((3,), math.pi), torch.zeros(3)),
        (lambda x: dft(x, 3), torch.zeros(3, dtype=torch.complex64)),
        (lambda x: x, torch.zeros(4)),
    ],
    ids=["square", "constant", "fraction", "no input", "complex", "another shape"],
)
def test_what_is_no_sum_of_products_has_no_window(law, obtained):
    """A law whose cells aren't sums of products of entries has no window."""
    assert found(law, obtained, x=torch.tensor([1.0, 2, 3])) is None


def test_a_large_case_has_no_window():
    """A sum of a hundred products is too long to read, so it isn't shown."""
    x, h = torch.ones(200), torch.ones(100)
    assert found(lambda x, h: cross_correlate(x, h), torch.zeros(101), x=x, h=h) is None


def test_a_law_that_fails_has_no_window():
    """A law that fails before a comparison has no window."""
    expected = close(torch.ones(2))
    case = Case({"x": torch.ones(2)})
    case.comparison = Comparison(torch.zeros(2), expected, expected.difference(torch.zeros(2)))
    assert window(case, lambda given: None) is None


def test_nan_is_null():
    """A cell with NaN is null in the report."""
    one = found(lambda x: 1 * x, torch.tensor([torch.nan, 2.0]), x=torch.tensor([1.0, 2]))
    assert (one.obtained, one.expected) == (None, 1.0)


def test_recorded_answers_are_nobodys_numbers():
    """Recorded answers are replayed in order, with tensors as NaN, and further calls are errors."""
    raised = Raised("ValueError", ["ValueError"], "no", None)
    case = Case({}, [Exchange(Call("f", "call", ()), one) for one in (Returned(torch.ones(2)), raised)])
    recorded = Recorded(case)
    assert recorded.ask(Call("f", "call", ())).value.isnan().all()
    assert recorded.ask(Call("f", "call", ())) is raised
    assert recorded.ask(Call("f", "call", ())).cause == "error"
