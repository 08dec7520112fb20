"""Results that rely on a worker's word are marked, earn little and are listed in docs/security.md."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from grader.course import find_course
from grader.runner.claims import rests_on_a_claim

ROOT = Path(__file__).resolve().parents[2]
COURSE = find_course(ROOT)
# The largest share of an exercise's points that may rely on claims.
SHARE = 0.25


@pytest.fixture(autouse=True)
def course_on_the_path(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])


def claimed(exercise):
    """Return the properties of an exercise that rely on a claim, by name, with their points."""
    spec = importlib.util.spec_from_file_location(f"claims_{exercise.id}", exercise.tests)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    names = [law for law in exercise.laws if rests_on_a_claim(getattr(module, f"test_{law.id}"))]
    return {law.id: law.points for law in names}, sum(law.points for law in exercise.laws)


@pytest.mark.parametrize("exercise", COURSE.exercises.values(), ids=lambda one: one.id)
def test_claims_are_worth_little(exercise):
    """A forged claim earns at most a quarter of the points."""
    names, points = claimed(exercise)
    assert sum(names.values()) <= SHARE * points
    written = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    others = {name: worth for name, worth in names.items() if name != "purity"}
    told = re.search(rf"^\| `{exercise.id}` \| (.*) \|$", written, re.MULTILINE)
    expected = ", ".join(f"`{name}` {worth:g} of {points:g}" for name, worth in others.items())
    assert (told[1] if told else "") == expected


def test_a_property_that_compares_values_is_none():
    """A value that the runner computes itself from the result can't be forged."""
    names, _ = claimed(COURSE.exercises["toeplitz_1d"])
    assert set(names) == {"purity"}


def test_a_claim_within_a_loop_is_one():
    """A claim counts anywhere in a property, even inside a loop."""

    def inside(f):
        assert all(f.cost(n) < 10 for n in range(3))

    def outside(f, cost=max):
        assert f(3) == cost(3, 2)

    assert rests_on_a_claim(inside)
    assert not rests_on_a_claim(outside)
