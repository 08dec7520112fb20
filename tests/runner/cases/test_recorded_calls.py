"""The reference's calls and replies are kept with the cases, byte for byte."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from times import timeless

from grader import case_cache
from grader.course import load_course
from grader.runner.call import Call
from grader.runner.call_log import CallLog, Case, Exchange
from grader.runner.cases import drawn_cases, recorded_calls
from grader.runner.cases.drawn_cases import Drawn
from grader.runner.cases.kept_cases import CaseStore
from grader.runner.cases.recorded_calls import PropertyCases
from grader.sandbox import codec, wire
from grader.sandbox.wire import Raised, Returned
from grader.strategies.moods import SIMPLE

ROOT = Path(__file__).resolve().parents[3]
KEY = 1


@pytest.fixture(autouse=True)
def empty_memory(monkeypatch):
    monkeypatch.setattr(drawn_cases, "_drawn", {})
    monkeypatch.setattr(recorded_calls, "_recorded", {})


@pytest.fixture
def open_store(tmp_path, monkeypatch):
    """Return a function that opens a property's store as a new process would, after saving the last one."""
    monkeypatch.setenv(case_cache.VARIABLE, str(tmp_path / "cache"))
    course = load_course(ROOT / "tests/minicourse")
    stores = []

    def open_store():
        for store in stores:
            store.save()
        drawn_cases._drawn.clear()
        recorded_calls._recorded.clear()
        stores.append(CaseStore(course, course.settings.seed, str(tmp_path / "cache")))
        return stores[-1].of_property("ranks", "values", open_store)

    return open_store


def exchange(value, answer):
    reply = (
        wire.frame(Returned(codec.pack(answer)))[4:]
        if not isinstance(answer, Raised)
        else wire.frame(answer)[4:]
    )
    decoded = answer if isinstance(answer, Raised) else Returned(answer)
    return Exchange(Call("f", "vjp", (value, 3), {"how": "full"}, torch.ones(2)), decoded, reply)


@pytest.fixture
def log():
    """The calls of two cases: one returned, one raised."""
    log = CallLog()
    x = torch.arange(6.0)[::2]
    log.cases.append(Case({"x": x}, [exchange(x, torch.ones(2, 3)), exchange(x, -0.0)]))
    log.cases.append(Case({"x": x + 1}, [exchange(x + 1, Raised("ValueError", [], "too short", 7))]))
    return log


def keep(open_store, log):
    store = open_store()
    drawn = Drawn([case.inputs for case in log.cases[1:]], [SIMPLE] * 2)
    store.keep(drawn)
    drawn_cases._drawn[KEY] = drawn
    PropertyCases(KEY, store).record("cpu", log)


def test_a_later_process_gets_the_same_calls(open_store, log):
    """Requests and replies are the same bytes, and decode to the same values."""
    keep(open_store, log)
    again = PropertyCases(KEY, open_store()).recorded("cpu")
    assert [[(one.call.frame, one.reply) for one in case.exchanges] for case in again] == [
        [(one.call.frame, one.reply) for one in case.exchanges] for case in log.cases[1:]
    ]
    for one, other in zip(log.cases[1:], again, strict=True):
        assert repr(one.inputs) == repr(other.inputs)
        for first, second in zip(one.exchanges, other.exchanges, strict=True):
            assert repr(first.answer) == repr(second.answer)
            assert repr((first.call.args, first.call.kwargs, first.call.cotangent)) == repr(
                (second.call.args, second.call.kwargs, second.call.cotangent)
            )


def test_another_device_has_its_own_calls(open_store, log):
    keep(open_store, log)
    assert PropertyCases(KEY, open_store()).recorded("sim") == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda calls: calls[:1],
        lambda calls: [calls[0], [(b"\0\0\0\1x", b"")]],
        lambda calls: [calls[0], [(calls[0][0][0], b"\xff")]],
        lambda calls: [calls[0], [(wire.frame(wire.Load()), calls[0][0][1])]],
        lambda calls: [calls[0], [(calls[0][0][0], wire.frame(wire.Begun())[4:])]],
    ],
    ids=["a case too few", "no request", "no reply", "another request", "another reply"],
)
def test_damaged_calls_are_not_used(open_store, log, damage):
    """Then the reference runs again."""
    keep(open_store, log)
    store = open_store()
    store.keep_calls("cpu", damage(store.calls("cpu")))
    assert PropertyCases(KEY, open_store()).recorded("cpu") == []


@pytest.mark.slow
def test_a_cohort_does_not_depend_on_kept_replies(tmp_path):
    """The first run, a later one and one without the folder write the same reports, also for wrong submissions."""
    cohort, cache = tmp_path / "cohort", tmp_path / "cache"
    for place in ("submissions/example", "submissions/mistakes", "tests/golden/troubles"):
        for exercise in ("circulant", "toeplitz_1d"):
            if (ROOT / place / f"{exercise}.py").exists():
                learner = cohort / Path(place).name
                learner.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / place / f"{exercise}.py", learner)
    found = []
    for folder in (str(cache), str(cache), ""):
        out = tmp_path / f"out{len(found)}"
        subprocess.run(
            [sys.executable, "-m", "grader", "cohort", str(cohort), "--json-dir", str(out), "--seed", "20"]
            + ["--require-isolation", "process", "--exit-zero"],
            cwd=ROOT,
            env=os.environ | {case_cache.VARIABLE: folder},
            check=True,
            capture_output=True,
        )
        found.append(
            {path.name: timeless(json.loads(path.read_text())) for path in (out / "reports").iterdir()}
        )
        if folder:
            files = sorted((path.name, path.stat().st_mtime_ns) for path in cache.iterdir())
            found[-1]["files"], found[-1]["calls"] = (
                files,
                [b"\xa3cpu" in path.read_bytes() for path in cache.iterdir()],
            )
    first, second, third = found
    assert first == second
    assert set(first.pop("calls")) == {True}
    assert len(first.pop("files")) == 2
    assert first == third
