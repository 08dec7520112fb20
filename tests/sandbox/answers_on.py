"""Compare the solutions' results on the CPU and on an accelerator, using the calls in the tests.

    python tests/sandbox/answers_on.py DEVICE [FILE...]

DEVICE is `sim` or `cuda`. Without a FILE, it compares every reference, every variant and submissions/example.
It prints each call whose results differ, and then the exit code is 1.
"""

from __future__ import annotations

import contextlib
import importlib.util
import inspect
import os
import sys
import time
import warnings
from pathlib import Path

import torch
from hypothesis import HealthCheck, Phase, settings
from torch import Tensor

import grader
from grader.sandbox import accelerators, instrumentation, sim

ROOT = Path(__file__).resolve().parent.parent.parent
ALL = ("reference/*/solution.py", "reference/*/variants/*.py", "submissions/example/*.py")


class Name(str):
    """A placeholder for a submitted function in a test module."""

    __slots__ = ()


class Twofold:
    """A function that runs on the CPU and on the device."""

    def __init__(self, function, device, seconds):
        self.function, self.device, self.seconds = function, device, seconds
        self.differences = {}
        self.calls = 0

    def ask(self, mode, args, kwargs, cotangent=None):
        self.calls += 1
        here = self.answer(mode, args, kwargs, cotangent, "cpu")
        there = self.answer(mode, args, kwargs, cotangent, self.device)
        given = any(isinstance(value, Tensor) for value in (*args, *kwargs.values()))
        if isinstance(here, Exception) or isinstance(there, Exception):
            told = "" if type(here) is type(there) else f"{here!r} beside {there!r}"
        else:
            told = different(here, there, self.device if given else "cpu")
        if told:
            self.differences.setdefault(f"{mode}: {told}", f"{args} {kwargs}")
        if isinstance(here, Exception):
            raise here
        return here

    def answer(self, mode, args, kwargs, cotangent, device):
        args = [placed(value, device) for value in args]
        kwargs = {name: placed(value, device) for name, value in kwargs.items()}
        started = time.perf_counter()
        try:
            result = instrumentation.run(mode, self.function, args, kwargs, placed(cotangent, device))
            accelerators.synchronize(device)
            return result
        except Exception as error:
            return error
        finally:
            self.seconds[device] += time.perf_counter() - started

    def __call__(self, *args, **kwargs):
        return self.ask("call", args, kwargs)

    def inputs_after(self, *args, **kwargs):
        return self.ask("inputs_after", args, kwargs)

    def vjp(self, *args, cotangent, **kwargs):
        value = self.ask("vjp", args, kwargs, cotangent)
        inputs = [one for one in (*args, *kwargs.values()) if isinstance(one, Tensor)]
        parts = value if isinstance(value, tuple) else (value,)
        parts = tuple(
            torch.zeros_like(x) if part is None else part for x, part in zip(inputs, parts, strict=True)
        )
        return parts if isinstance(value, tuple) else parts[0]

    def cost(self, *args, **kwargs):
        return self.ask("cost", args, kwargs)

    def operators(self, *args, **kwargs):
        return frozenset(self.ask("operators", args, kwargs))

    def transforms(self, *args, **kwargs):
        return self.ask("transforms", args, kwargs)

    def forbidden(self, *args, **kwargs):
        self.operators(*args, **kwargs)
        return []


def placed(value, device):
    """Return a copy of a value on a device."""
    if not isinstance(value, Tensor):
        return value
    return sim.to_sim(value) if device == "sim" else value.detach().clone().to(device)


def different(here, there, device):
    """Return how an answer differs from the CPU's, or an empty text if they agree."""
    if isinstance(here, Tensor) and isinstance(there, Tensor):
        if there.device.type != device:
            return f"a result on {there.device.type}"
        brought = there.detach().cpu()
        if (brought.dtype, brought.shape) != (here.dtype, here.shape):
            return f"{here.dtype} {tuple(here.shape)} beside {brought.dtype} {tuple(brought.shape)}"
        return "" if near(brought, here.detach()) else f"{here} beside {brought}"
    if isinstance(here, tuple | list) and type(here) is type(there) and len(here) == len(there):
        return "; ".join(filter(None, (different(a, b, device) for a, b in zip(here, there, strict=True))))
    alike = type(here) is type(there) and (here == there or here != here)
    return "" if alike else f"{here!r} beside {there!r}"


def near(one, other):
    """Return whether two tensors with one dtype agree: floats up to rounding, others exactly."""
    if not (other.is_floating_point() or other.is_complex()):
        return torch.equal(one, other)
    # A small sum of large numbers has the rounding error of the large ones.
    scale = max([1.0, *other[other.isfinite()].abs().flatten().tolist()])
    return torch.allclose(one, other, rtol=1e-4, atol=1e-4 * scale, equal_nan=True)


def loaded(path):
    """Run a file as a module with a unique name."""
    name = "_".join(path.relative_to(ROOT).with_suffix("").parts)
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(path, device, seconds):
    """Run the exercise's tests on one file's functions and return the differences."""
    parts = path.relative_to(ROOT).parts
    exercise = path.stem if parts[0] == "submissions" else parts[1]
    answer, properties = loaded(path), loaded(ROOT / f"exercises/{exercise}/test_{exercise}.py")
    functions = {
        name: Twofold(getattr(answer, given), device, seconds)
        for name, given in vars(properties).items()
        if isinstance(given, Name)
    }
    tests = [test for name, test in vars(properties).items() if name.startswith("test_")]
    for test in tests:
        inner = test.hypothesis.inner_test if hasattr(test, "hypothesis") else test
        asked = {name: functions[name] for name in inspect.signature(inner).parameters if name in functions}
        # Other tests check whether an answer is correct.
        with warnings.catch_warnings(), contextlib.suppress(Exception):
            warnings.simplefilter("ignore")
            test(**asked)
    assert all(one.calls for one in functions.values())
    return {
        f"{name} {told}": case for name, one in functions.items() for told, case in one.differences.items()
    }


def prepare(device):
    """Prepare this process to compare a device with the CPU."""
    torch.set_num_threads(1)
    if device == "sim":
        sim.enable()
    elif accelerators.is_real(device):
        accelerators.make_exact()
        accelerators.start(device)
    # The tests import their oracles from the course.
    sys.path.insert(0, str(ROOT))
    settings.register_profile(
        "few",
        max_examples=int(os.environ.get("EXAMPLES", "3")),
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("few")
    grader.submitted = Name


def chosen(files=()):
    """Return the files to compare: the given ones, or all."""
    return [ROOT / file for file in files] or sorted(path for one in ALL for path in ROOT.glob(one))


def main(device, *files):
    """Compare the files and print what differs."""
    prepare(device)
    seconds = {"cpu": 0.0, device: 0.0}
    paths = chosen(files)
    wrong = 0
    for path in paths:
        differences = compare(path.resolve(), device, seconds)
        wrong += bool(differences)
        for told, case in differences.items():
            print(f"{path.relative_to(ROOT)}: {told}\n    {case}")
    print(
        f"{len(paths) - wrong} of {len(paths)} files answer alike; in their functions "
        + ", ".join(f"{spent:.1f} s on {name}" for name, spent in seconds.items())
    )
    sys.stdout.flush()
    # Autograd threads of a device written in Python don't survive the interpreter's exit.
    os._exit(bool(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
