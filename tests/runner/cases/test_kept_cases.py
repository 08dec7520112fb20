"""Cases are kept between runs, exactly as drawn, until something they depend on changes."""

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import hypothesis
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from times import timeless

from grader import case_cache
from grader.course import load_course
from grader.runner.cases import drawn_cases
from grader.runner.cases.kept_cases import CaseStore
from grader.strategies import kernels, lengths, signals
from grader.strategies.moods import SIMPLE

ROOT = Path(__file__).resolve().parents[3]
EXERCISE = "ranks"


@pytest.fixture
def course(tmp_path):
    """A copy of the small course that a test may change."""
    folder = tmp_path / "course"
    shutil.copytree(ROOT / "tests/minicourse", folder)
    return folder


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv(case_cache.VARIABLE, str(folder))
    return folder


def store_of(course, cache, name="values", exercise=EXERCISE, seed=None):
    loaded = load_course(course)
    store = CaseStore(loaded, loaded.settings.seed if seed is None else seed, str(cache))
    return store, store.of_property(exercise, name, store_of)


def drawn_of(**strategies):
    """Return the cases drawn by a property with these strategies, and the property."""

    def test(**inputs):
        pass

    test = hypothesis.seed(3)(
        settings(max_examples=50, database=None, deadline=None)(given(**strategies)(test))
    )
    return drawn_cases._draw(test, {}), test


def keep(course, cache, drawn, **options):
    store, one = store_of(course, cache, **options)
    one.keep(drawn)
    store.save()


def description(value):
    """Return everything about a value that code can observe."""
    if isinstance(value, torch.Tensor):
        return value.dtype, value.shape, value.stride(), value.requires_grad, repr(value.tolist())
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.strides, repr(value.tolist())
    return type(value), repr(value)


def test_kept_cases_are_the_drawn_ones(course, cache):
    """Kept cases have the same dtypes, strides, signed zeros, parts and order; nothing is redrawn."""
    drawn, _ = drawn_of(
        x=signals(), h=kernels(), n=lengths(1, 9), how=st.sampled_from(["full", None, 1.5, 2**70, -0.0])
    )
    keep(course, cache, drawn)
    again = store_of(course, cache)[1].recall()
    assert again.parts == drawn.parts
    assert len(again.parts) == 50
    for one, other in zip(drawn.cases, again.cases, strict=True):
        assert repr(one) == repr(other)
        assert [(x.dtype, x.stride()) for x in (one["x"], one["h"])] == [
            (x.dtype, x.stride()) for x in (other["x"], other["h"])
        ]


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor([1.0, -0.0, float("nan"), float("inf")]),
        torch.ones(1)[::2],
        torch.arange(12.0).reshape(3, 4).T[::2],
        torch.empty(0, 3),
        torch.tensor([True, False]),
        torch.tensor([2**53 + 1]),
        torch.tensor([1 + 2j]),
        torch.float64,
        np.arange(3),
        [1, (2, "x"), {"y": None}],
    ],
    ids=repr,
)
def test_a_value_is_kept_exactly(course, cache, value):
    """A value that was kept is the same for a worker as the one that was drawn."""
    keep(course, cache, drawn_cases.Drawn([{"value": value}], [SIMPLE]))
    again = store_of(course, cache)[1].recall().cases[0]["value"]
    assert description(again) == description(value)


@pytest.mark.parametrize(
    "value",
    [
        lambda: torch.ones(2, requires_grad=True),
        lambda: torch.ones(3, dtype=torch.complex64).conj(),
        lambda: [x := torch.ones(2), x[1:]],
        lambda: np.ones((2, 3)).T,
        lambda: {1, 2},
        lambda: float("nan"),
        lambda: namedtuple("Pair", "first second")(1, 2),
    ],
    ids=["gradient", "conjugate", "shared memory", "order", "set", "nan", "unknown tuple"],
)
def test_what_a_file_does_not_hold_exactly_is_drawn_again(course, cache, value):
    """If a value can't be stored exactly, nothing is kept for the property."""
    keep(course, cache, drawn_cases.Drawn([{"value": value()}], [SIMPLE]))
    with pytest.raises(KeyError):
        store_of(course, cache)[1].recall()


def test_cases_that_depend_on_answers_are_remembered_as_such(course, cache):
    """A property whose cases can't be drawn in advance is remembered, so drawing isn't retried."""
    keep(course, cache, None)
    assert store_of(course, cache)[1].recall() is None


@pytest.mark.parametrize(
    "changed", ["the tests", "the reference", "a module beside the exercises", "the seed", "nothing"]
)
def test_what_cases_depend_on(course, cache, changed, monkeypatch):
    """Changing the exercise, its reference, an imported module or the seed invalidates kept cases."""
    helper = course / "helping.py"
    helper.write_text("SIZE = 3\n")
    monkeypatch.syspath_prepend(str(course))
    monkeypatch.delitem(sys.modules, "helping", raising=False)
    importlib.import_module("helping")
    keep(course, cache, None)
    if changed == "the tests":
        with (course / f"exercises/{EXERCISE}/test_{EXERCISE}.py").open("a") as file:
            file.write("# \n")
    elif changed == "the reference":
        with next((course / f"reference/{EXERCISE}").glob("*.py")).open("a") as file:
            file.write("# \n")
    elif changed == "a module beside the exercises":
        helper.write_text("SIZE = 30\n")
    elif changed == "the seed":
        settings_file = course / "pyproject.toml"
        settings_file.write_text(
            settings_file.read_text().replace("[tool.grader]", "[tool.grader]\nseed = 99")
        )
    store, one = store_of(course, cache)
    if changed == "nothing":
        assert one.recall() is None
    else:
        with pytest.raises(KeyError):
            one.recall()


def test_another_seed_is_not_kept(course, cache):
    """Cases for another seed aren't kept, because cohorts draw a new seed each time."""
    assert store_of(course, cache, seed=4711)[1] is None


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"\x81\xa6values\x01", b"\x81\xa6values\x91\x94\x7f\xc2\x01\x90"]
)
def test_a_damaged_file_is_no_file(course, cache, content):
    """If the file is damaged, the cases are drawn again."""
    keep(course, cache, drawn_cases.Drawn([{"n": 1}], [SIMPLE]))
    (file,) = cache.iterdir()
    file.write_bytes(content)
    with pytest.raises(KeyError):
        store_of(course, cache)[1].recall()


@pytest.mark.parametrize("reason", ["writable by others", "a link to nothing", "no permission"])
def test_a_file_that_is_not_ours_alone_is_not_read(course, cache, reason):
    """Another user of the machine must not be able to choose the cases."""
    keep(course, cache, None)
    (file,) = cache.iterdir()
    if reason == "writable by others":
        file.chmod(0o666)
    elif reason == "a link to nothing":
        file.unlink()
        file.symlink_to("nowhere")
    elif os.geteuid() == 0:
        os.chown(file, 12345, 12345)
    else:
        file.chmod(0)
    with pytest.raises(KeyError):
        store_of(course, cache)[1].recall()


def test_a_full_or_forbidden_folder_is_no_error(cache, monkeypatch):
    """If a file can't be written, nothing is kept and no partial file is left."""
    case_cache.write("a.cases", b"x")
    assert [file.name for file in cache.iterdir()] == ["a.cases"]
    assert (cache / "a.cases").stat().st_mode & 0o077 == 0
    monkeypatch.setattr(
        Path, "rename", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    case_cache.write("b.cases", b"x")
    assert [file.name for file in cache.iterdir()] == ["a.cases"]
    monkeypatch.setenv(case_cache.VARIABLE, str(cache / "a.cases/below"))
    case_cache.write("c.cases", b"x")
    monkeypatch.setenv(case_cache.VARIABLE, "")
    case_cache.write("d.cases", b"x")
    assert [file.name for file in cache.iterdir()] == ["a.cases"]


def test_the_oldest_files_make_room(cache, monkeypatch):
    monkeypatch.setattr(case_cache, "MOST_BYTES", 25)
    for number in range(4):
        case_cache.write(f"{number}.cases", b"0123456789")
        os.utime(cache / f"{number}.cases", (number, number))
    assert sorted(file.name for file in cache.iterdir()) == ["2.cases", "3.cases"]


def test_files_of_others_are_not_removed(cache, monkeypatch):
    """The folder may be one that holds other things, too."""
    monkeypatch.setattr(case_cache, "MOST_BYTES", 5)
    cache.mkdir()
    (cache / "thesis.txt").write_bytes(b"0123456789")
    case_cache.write("1.cases", b"0123")
    case_cache.write("2.cases", b"0123")
    assert {file.name for file in cache.iterdir()} == {"thesis.txt", "2.cases"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["example", "mistakes"])
def test_a_report_does_not_depend_on_kept_cases(tmp_path, cache, name):
    """A first run, a later run and a run without the cache folder write the same report."""
    reports = []
    for turn, folder in enumerate([str(cache), str(cache), ""]):
        report = tmp_path / f"{turn}.json"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "grader",
                "run",
                f"submissions/{name}",
                "--exit-zero",
                "--json",
                str(report),
            ]
            + [f"--exercise={one}" for one in ("toeplitz_1d", "fft_convolution", "toeplitz_2d_strided")],
            cwd=ROOT,
            env=os.environ | {case_cache.VARIABLE: folder},
            check=True,
            capture_output=True,
        )
        reports.append(timeless(json.loads(report.read_text())))
    assert len([*cache.iterdir()]) == len(reports[0]["exercises"])
    assert reports[0] == reports[1] == reports[2]
