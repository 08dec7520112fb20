"""Cases are drawn once for all submissions and are as demanding as those from Hypothesis itself."""

import collections
import importlib
import itertools

import hypothesis
import pytest
import torch
from hypothesis import HealthCheck, Phase, assume, given, settings, target
from hypothesis import strategies as st

from grader.runner.cases import drawn_cases
from grader.runner.exceptions import Inconsistent
from grader.strategies import kernels, signals

SETTINGS = settings(max_examples=30, database=None, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch):
    monkeypatch.setattr(drawn_cases, "_drawn", {})


def judged(body, *, ends=lambda _: False, seed=7, cases=30, **drawn):
    """Return a property that uses drawn cases, the list of tried cases and the original test."""
    tried = []

    def test(answer, **inputs):
        tried.append(inputs)
        body(answer, **inputs)

    test = hypothesis.seed(seed)(settings(SETTINGS, max_examples=cases)(given(**drawn)(test)))
    return drawn_cases.judged_by_drawn_cases(test, "key", fresh=tried.clear, ends=ends), tried, test


def test_the_cases_are_those_that_hypothesis_would_try():
    """If every case passes and there are no parts, the drawn cases are those of a Hypothesis run."""
    swift, tried, slow = judged(lambda answer, n: None, n=st.integers(0, 10**6))
    swift(answer=None)
    quick = list(tried)
    tried.clear()
    slow(answer=None)
    assert quick == tried
    assert len(quick) == 30


@pytest.mark.parametrize("seed", range(5))
def test_every_part_has_its_cases(seed):
    """For every seed, each mood has small and large cases, and half are small integers."""
    swift, tried, _ = judged(
        lambda answer, x, h: None, seed=seed, cases=50, x=signals(min_size=3), h=kernels()
    )
    swift(answer=None)
    kinds = collections.Counter((mood_of(case["x"]), len(case["x"]) > 20) for case in tried)
    assert kinds.pop(("integers", False)) == 20
    assert kinds.pop(("integers", True)) == 5
    moods = ("tenths", "tenths64", "tiny", "huge64", "mixed64")
    assert kinds == dict.fromkeys(itertools.product(moods, [False]), 3) | dict.fromkeys(
        itertools.product(moods, [True]), 2
    )
    assert all(case["x"].dtype == case["h"].dtype for case in tried)


def mood_of(x):
    """Return which kind of entries a tensor has."""
    largest, bits = x.abs().max(), "64" if x.dtype == torch.float64 else ""
    if torch.equal(x, x.round()) and not bits:
        return "integers"
    if largest < 1e-6:
        return "tiny"
    if len(x) > 2 and x.min() < 1e-4:
        return "mixed" + bits
    return ("huge" if largest > 1e5 else "tenths") + bits


def test_what_draws_no_tensors_of_its_own_mood_has_no_moods():
    """Without moods there are only two parts, one per size, and equal parts share their cases."""
    swift, tried, _ = judged(lambda answer, x: None, cases=50, x=signals(dtype=torch.float32))
    swift(answer=None)
    assert sum(len(case["x"]) > 20 for case in tried) == 15
    assert len(tried) == 50


def test_a_failure_is_the_smallest_one():
    """The last case tried after a failure is the smallest one, and the first attempt leaves no trace."""

    def body(answer, n):
        assert n < 5

    swift, tried, slow = judged(body, n=st.integers(0, 1000))
    with pytest.raises(AssertionError):
        swift(answer=None)
    quick = list(tried)
    tried.clear()
    with pytest.raises(AssertionError):
        slow(answer=None)
    assert quick == tried
    assert tried[-1] == {"n": 5}


def test_an_error_that_is_enough_ends_with_its_first_case():
    """Some errors need no small case, so testing ends at the first; others show the smallest case."""

    def body(answer, n):
        if n >= 5:
            raise answer

    def told(error):
        return isinstance(error, KeyError)

    swift, tried, _ = judged(body, ends=told, n=st.integers(0, 1000))
    with pytest.raises(KeyError):
        swift(answer=KeyError())
    assert [case for case in tried if case["n"] >= 5] == tried[-1:]
    with pytest.raises(ValueError, match="larger"):
        swift(answer=ValueError("larger"))
    assert tried[-1] == {"n": 5}


def test_what_a_property_does_to_its_inputs_is_not_seen_by_the_next():
    """Each submission gets the cases exactly as they were drawn."""

    def body(answer, x):
        answer.append(x.tolist())
        x.zero_()

    swift, _, _ = judged(body, x=signals())
    first, second = [], []
    swift(answer=first)
    swift(answer=second)
    assert first == second
    assert any(any(entries) for entries in second)


def test_an_answer_that_is_wrong_once_is_not_met():
    """An answer that fails once but never again is inconsistent, so it is not met."""
    asked = []

    def body(answer, n):
        asked.append(n)
        assert len(asked) != 3

    swift, _, _ = judged(body, n=st.integers(0, 9))
    with pytest.raises(Inconsistent):
        swift(answer=None)


def only_even(answer, n):
    assume(n % 2 == 0)
    assert n % 2 == 0


def hunting(answer, n):
    target(n)
    assert n >= 0


def drawing_more(answer, n, more):
    assert more.draw(st.integers(n, n)) == n


@pytest.mark.parametrize("body", [only_even, hunting, drawing_more])
def test_what_only_hypothesis_can_answer_is_left_to_it(body):
    """A property that calls assume, target or draw while it runs is tested by Hypothesis alone."""
    more = {"more": st.data()} if body is drawing_more else {}
    swift, tried, _ = judged(body, n=st.integers(0, 9), **more)
    swift(answer=None)
    assert drawn_cases._drawn == {"key": None}
    assert len(tried) >= 10
    swift(answer=None)


def test_a_skip_stays_a_skip():
    """A property that skips itself is not judged."""

    def body(answer, n):
        pytest.skip("not here")

    swift, _, _ = judged(body, n=st.integers(0, 9))
    with pytest.raises(pytest.skip.Exception):
        swift(answer=None)


def test_examples_are_tried_first():
    """An instructor's explicit example comes first among the drawn cases."""
    seen = []

    @hypothesis.seed(1)
    @settings(SETTINGS, phases=[Phase.explicit, Phase.generate])
    @hypothesis.example(n=99)
    @given(n=st.integers(0, 9))
    def test(answer, n):
        seen.append(n)

    drawn_cases.judged_by_drawn_cases(test, "key", fresh=seen.clear)(answer=torch.add)
    assert seen[0] == 99
    assert len(seen) > 5


def test_a_failure_is_shown_with_small_integers():
    """If both a large case with fractions and small integers fail, the small integers are shown."""

    def body(answer, x):
        assert len(x) < 3

    swift, tried, _ = judged(body, x=signals())
    with pytest.raises(AssertionError):
        swift(answer=None)
    assert tried[-1]["x"].tolist() == [1.0, 2.0, 3.0]
    assert all(case["x"].dtype == torch.float32 for case in tried)


@pytest.mark.parametrize(
    ("is_wrong", "shown"),
    [
        (lambda x: x.dtype == torch.float64, lambda x: len(x) == 1),
        (lambda x: len(x) > 30, lambda x: len(x) == 31 and x.dtype == torch.float32),
    ],
)
def test_what_only_a_corner_shows_is_shown_there(is_wrong, shown):
    """If small integers pass, the smallest case of the failing kind is shown."""

    def body(answer, x):
        assert not is_wrong(x)

    swift, tried, _ = judged(body, x=signals())
    with pytest.raises(AssertionError):
        swift(answer=None)
    assert shown(tried[-1]["x"])


def test_what_is_loaded_beside_changes_no_case(tmp_path, monkeypatch):
    """Constants in other loaded modules don't affect the cases; every installation draws the same."""
    peculiar = range(137, 10**9, 1_200_000)
    (tmp_path / "numbers_beside.py").write_text(f"PECULIAR = {[*peculiar]}\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("numbers_beside")

    def strange():
        swift, tried, itself = judged(lambda answer, n: None, cases=300, n=st.integers(0, 10**9 + 137))
        itself(answer=None)
        left_to_itself = list(tried)
        tried.clear()
        swift(answer=None)
        return [sum(case["n"] in peculiar for case in cases) for cases in (left_to_itself, tried)]

    assert strange()[0] > 0
    assert strange()[1] == 0
