"""Test measurements: points of exact laws, and contenders whose curves cross."""

import math

import pages

from grader.measure_model import Contender, MeasuredPoint, Measurement

SIZES = [16, 32, 64, 128, 256, 512, 1024]
LONG = [16 << step for step in range(13)]
HOSTILE = "<script>alert(1)</script> & \x1b[31m\n" + "a long name " * 40


def points(seconds, sizes=SIZES, spread=0.05, held=None):
    """Return a point for each size, from formulas in n."""
    return [MeasuredPoint(n, seconds(n), spread, 9, None if held is None else held(n)) for n in sizes]


def contender(name, seconds, sizes=SIZES, kind="rival", spread=0.05, held=None, **fields):
    values = {"says": "", "points": points(seconds, sizes, spread, held)}
    return Contender(name=name, kind=kind, **(values | fields))


def yours(seconds, sizes=SIZES, **fields):
    return contender("yours", seconds, sizes, "yours", **fields)


def measurement(*contenders, **fields):
    values = {
        "format": 1,
        "tool": pages.report().tool,
        "exercise": "via_matrix",
        "title": "Convolution as a product",
        "function": "convolve",
        "sha256": "a1" * 32,
        "size": "the length of the signal",
        "device": "cpu",
        "environment": pages.report().environment,
        "contenders": list(contenders),
        "operations": {n: n * n / 2 for n in LONG},
        "compared": 64,
        "agrees": True,
    }
    return Measurement(**(values | fields))


def crossing():
    """Return a loop that stopped early, a matrix product with the same result, and an FFT that overtakes it."""
    return measurement(
        yours(
            lambda n: 8e-7 * n * n,
            held=lambda n: 16 * n * n,
            says="Your function.",
            loops=2,
            stopped="a call takes more than 1 second",
        ),
        contender(
            "reference",
            lambda n: 12e-6 + 2e-10 * n * n,
            LONG[:10],
            "reference",
            held=lambda n: 3 * n * n,
            says="A matrix `T`, then one product.",
        ),
        contender("the FFT", lambda n: 40e-6 + 2e-9 * n * math.log2(n), LONG, held=lambda n: 100 * n),
    )


def hostile():
    """Return a measurement whose names and sentences are markup and terminal commands, with many rivals."""
    rivals = [contender(f"rival {i}", lambda n, i=i: 1e-6 * n * 1.02**i) for i in range(9)]
    return measurement(
        yours(lambda n: 1e-6 * n * math.log2(n), spread=0.8, says=HOSTILE),
        contender(HOSTILE, lambda n: 2e-6 * n, spread=0.5, says=HOSTILE),
        Contender("broken", HOSTILE, "rival", [], stopped=HOSTILE),
        *rivals,
        title=HOSTILE,
        exercise=HOSTILE,
        function=HOSTILE,
        size=HOSTILE,
        device=HOSTILE,
        agrees=False,
    )
