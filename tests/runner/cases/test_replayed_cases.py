"""Replaying a case and running with remembered cases give the same verdicts as a plain run."""

from pathlib import Path

import msgspec
import pytest
import torch

from grader.errors import UsageError
from grader.protocol import ExerciseJob, ReplayedCase
from grader.runner.cases.case_codec import case_text
from grader.source_text import SourceText
from grader.strategies import Layer1d

ROOT = Path(__file__).resolve().parents[3]
RIGHT = (ROOT / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")
FLIPPED = (ROOT / "submissions/mistakes/toeplitz_1d.py").read_text(encoding="utf-8")
# No seed draws this kernel: only the remembered case finds it.
SELDOM = (
    RIGHT
    + """

_right = build_toeplitz_1d


def build_toeplitz_1d(kernel, n):
    matrix = _right(kernel, n)
    return 2 * matrix if kernel.tolist() == [7, -8, 5, -9] else matrix
"""
)
RARE = case_text({"kernel": torch.tensor([7.0, -8, 5, -9]), "x": torch.tensor([1.0, 2, 3, 4, 5])})
SMALL = case_text({"kernel": torch.tensor([1.0, 2]), "x": torch.tensor([1.0, 2, 3, 4])})


FIT_NOT = [{"kernel": None, "x": None}, {"kernel": torch.ones(2), "x": 3}, {"n": 1}, {}]
NO_CASES = ["", "1.", "2.gA", "1.////", "\u2028" * 50, "1." + "A" * 20_000]
OTHERS = [
    ("values", {"kernel": torch.ones(2)}),
    ("values", {"kernel": torch.ones(2), "x": torch.ones(4), "y": 1}),
    ("values", {}),
    ("values", {"kernel": torch.ones(2), "x": 3}),
    ("shape", {"kernel": None, "extra": 1}),
    ("values", {"kernel": torch.ones(2), "build_toeplitz_1d": 1}),
]


def job(source, *, exercise="toeplitz_1d", replay=None, remembered=()):
    return ExerciseJob(
        exercise=exercise,
        source=SourceText(source, f"{exercise}.py"),
        replay=replay,
        remembered=list(remembered),
    )


def submission(path):
    return (ROOT / "submissions" / path).read_text(encoding="utf-8")


def on_cpu(case, name="values"):
    return ReplayedCase(property=name, case=case, device="cpu")


def own_trials(result):
    """Return a result's failed cases in the form in which they are remembered."""
    return [on_cpu(found.replay.split(".", 3)[3], found.id) for found in result.properties if found.replay]


def one(result, name):
    return next(found for found in result.properties if found.id == name)


def told(result):
    """Return a result without its durations."""
    return [msgspec.structs.replace(found, points=0.0, duration=0.0) for found in result.properties]


@pytest.fixture(scope="module")
def judge_named(judge_jobs):
    """Grade jobs in parallel on the CPU and return their results by job name."""

    def judge(jobs):
        return dict(zip(jobs, judge_jobs(jobs.values()), strict=True))

    return judge


@pytest.fixture(scope="module")
def plain(judge_named):
    """Grade two submissions without remembered cases."""
    return judge_named({"flipped": job(FLIPPED), "right": job(RIGHT), "seldom": job(SELDOM)})


@pytest.fixture(scope="module")
def tried(judge_named, plain):
    """Grade the same submissions with cases to replay and with remembered cases."""
    layer = Layer1d(torch.tensor([1.0]), 1, 1, 1, 1)
    longer = {"kernel": torch.tensor([1.0, 2, 3]), "x": torch.tensor([1.0, 2, 3, 4])}
    jobs = {
        "met": job(RIGHT, replay=ReplayedCase(property="values", case=SMALL)),
        "undrawn": job(
            submission("example/fft_convolution.py"),
            exercise="fft_convolution",
            replay=ReplayedCase(property="cost", case=case_text({})),
        ),
        "layer": job(
            submission("mistakes/toeplitz_1d_strided.py"),
            exercise="toeplitz_1d_strided",
            replay=ReplayedCase(property="shape", case=case_text({"layer": layer})),
        ),
        "cut": job(RIGHT, replay=ReplayedCase(property="values", case=SMALL[:-3])),
        "seldom": job(SELDOM, remembered=[on_cpu(RARE)]),
        "elsewhere": job(SELDOM, remembered=[ReplayedCase(property="values", case=RARE, device="cuda")]),
        "ambiguous": job(
            (ROOT / "reference/toeplitz_full/misconceptions/tail_cut_off.py").read_text(encoding="utf-8"),
            exercise="toeplitz_full",
            remembered=[on_cpu(case_text({"h": torch.tensor([1.0, 2]), "n": 2}), "shape")],
        ),
        "longer": job(FLIPPED, remembered=[on_cpu(case_text(longer))]),
    }
    for trial in own_trials(plain["flipped"]):
        jobs[trial.property] = job(FLIPPED, replay=trial)
    for place, (name, inputs) in enumerate(OTHERS):
        jobs["other", place] = job(RIGHT, replay=ReplayedCase(property=name, case=case_text(inputs)))
    for place, text in enumerate([*map(case_text, FIT_NOT), *NO_CASES]):
        stale = [on_cpu(text), on_cpu(text, "shape"), on_cpu(text, "no such")]
        jobs["stale", place] = job(FLIPPED if place % 2 else RIGHT, remembered=stale)
    return judge_named(jobs)


@pytest.mark.slow
def test_a_failing_case_fails_alike_alone(plain, tried):
    """Replaying a case shows the same as `grade run`, including the known mistake's name."""
    failed = [found for found in told(plain["flipped"]) if found.verdict == "not met"]
    assert len(failed) == 3
    for found in failed:
        assert told(tried[found.id]) == [found]


@pytest.mark.slow
def test_a_case_that_is_met_is_shown_as_it_was_answered(tried):
    """If the answer to the case is correct, the property is met and the result is shown."""
    (found,) = tried["met"].properties
    assert (tried["met"].status, found.verdict, found.replay) == ("met", "met", None)
    assert found.counterexample.call == "build_toeplitz_1d(kernel=[1, 2], n=4)"
    assert found.counterexample.obtained["values"] == [[1, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]]
    assert found.counterexample.expected is None


@pytest.mark.slow
def test_a_property_that_draws_nothing_is_its_own_case(tried):
    """A property without inputs can be replayed without a case."""
    assert [(found.id, found.verdict) for found in tried["undrawn"].properties] == [("cost", "met")]


@pytest.mark.slow
def test_a_named_tuple_is_what_the_property_drew(tried):
    """A layer is decoded to the class whose fields the property uses."""
    (found,) = tried["layer"].properties
    assert found.reason == "raised IndexError: index 1 is out of bounds for dimension 1 with size 1 (line 15)"


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(OTHERS)), ids=lambda place: str(OTHERS[place]))
def test_inputs_that_the_property_never_draws(tried, place):
    """If a case belongs to another property, the error blames only the token."""
    error = tried["other", place]
    assert isinstance(error, UsageError)
    assert error.slug == "replay-case"


@pytest.mark.slow
def test_a_case_that_is_none(tried):
    """A damaged case is reported as damaged."""
    assert isinstance(tried["cut"], UsageError)
    assert tried["cut"].slug == "replay-token"


@pytest.mark.slow
def test_a_remembered_case_is_found_though_no_seed_draws_it(plain, tried):
    """If only a remembered case shows that an answer is wrong, the property fails with that case."""
    assert plain["seldom"].status == "met"
    found = one(tried["seldom"], "values")
    assert (found.verdict, found.cause) == ("not met", "wrong")
    assert found.replay == f"toeplitz_1d.values.cpu.{RARE}"
    assert "kernel=[7, -8, 5, -9]" in found.counterexample.call
    assert [p.id for p in tried["seldom"].properties if p.verdict != "met"] == ["values"]


@pytest.mark.slow
def test_a_remembered_case_of_another_device_is_not_tried(tried):
    """A remembered case is tried only on the device on which it failed."""
    assert tried["elsewhere"].status == "met"


@pytest.mark.slow
def test_a_remembered_case_that_fails_is_shown_again(plain, tried):
    """A remembered case that still fails is shown again, with the same mistake."""
    found = one(tried["longer"], "values")
    assert found.counterexample.call == "build_toeplitz_1d(kernel=[1, 2, 3], n=4)"
    assert found.misconception == one(plain["flipped"], "values").misconception
    assert found.misconception is not None


@pytest.mark.slow
def test_a_mistake_is_not_named_by_the_remembered_case_alone(tried):
    """If two known mistakes give the same answer for a case, more cases are drawn to tell them apart."""
    found = one(tried["ambiguous"], "shape")
    assert found.replay.startswith("toeplitz_full.shape.cpu.1.")
    assert found.misconception.slug == "tail_cut_off"


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(FIT_NOT) + len(NO_CASES)))
def test_a_remembered_case_that_no_longer_fits_is_passed_over(plain, tried, place):
    """A remembered case that no longer fits is ignored, and the drawn cases decide."""
    assert told(tried["stale", place]) == told(plain["flipped" if place % 2 else "right"])


def unchanged(judge_named, paths):
    """Grade texts without remembered cases, then with their own or the flipped kernel's failed ones."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    jobs = {name: job(source) for name, source in sources.items()}
    before = judge_named({"flipped": job(FLIPPED), **jobs})
    trials = {name: own_trials(result) for name, result in before.items()}
    again = judge_named(
        {
            (name, whose): job(sources[name], remembered=trials[whose])
            for name in sources
            for whose in (name, "flipped")
        }
    )
    for (name, whose), after in again.items():
        known = {(trial.property, trial.case) for trial in trials[whose]}
        for without, found in zip(before[name].properties, after.properties, strict=True):
            case = (found.replay or "").partition(f".{found.device}.")[2]
            shown = found.verdict == "not met" and (found.id, case) in known
            assert shown or found.verdict == without.verdict, (name, whose, found.id, found.verdict)


@pytest.mark.slow
def test_memory_changes_nothing_but_what_it_shows(judge_named):
    """Remembered cases give the same verdicts, or 'not met' with exactly the remembered case."""
    names = ["raises", "returns_float64", "right_only_when_small", "does_not_parse", "kills_itself"]
    unchanged(judge_named, [ROOT / f"tests/odd/{name}.py" for name in names])


@pytest.mark.nightly
def test_memory_changes_nothing_in_any_odd_submission(judge_named):
    """Remembered cases change no odd submission's verdict, except where answers are random."""
    unchanged(
        judge_named,
        [one for one in sorted((ROOT / "tests/odd").glob("*.py")) if one.stem != "answers_by_chance"],
    )
