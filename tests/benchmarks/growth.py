"""Fitted exponents of the course's own ways to convolve: `python tests/benchmarks/growth.py [SECONDS]`.

The filter is half as long as the signal, so the direct sum and the dense matrix grow like n^2, and the FFT
grows like n log n. The slopes are fitted to the upper half of each one's sizes, as `grade measure` does.
"""

import sys
from pathlib import Path

from grader.course import load_course
from grader.protocol import MeasureJob, RunnerMeasured
from grader.reports import growth
from grader.service.measuring_client import measured
from grader.service.runner_connection import RunOptions
from grader.source_text import SourceText

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = "fft_convolution"
# The slope that theory promises, and how far a measured one may be from it.
BOUNDS = {"reference": (1.0, 1.25), "direct": (1.85, 2.15), "matrix": (1.85, 2.15), "loops": (1.85, 2.15)}


def main(seconds):
    course = load_course(ROOT)
    source = SourceText(
        (ROOT / f"submissions/example/{EXERCISE}.py").read_text(encoding="utf-8"), f"{EXERCISE}.py"
    )
    job = MeasureJob(exercise=EXERCISE, source=source, seconds=seconds)
    points = {}
    for message in measured(course, [job], RunOptions(device="cpu")):
        if isinstance(message, RunnerMeasured):
            points.setdefault(message.contender, {})[message.point.size] = message.point
    for name, found in points.items():
        slope = growth.exponent([found[size] for size in sorted(found)])
        low, high = BOUNDS.get(name, (0.0, 9.0))
        verdict = (
            "" if name not in BOUNDS else "as promised" if low <= (slope or 0) <= high else "not as promised"
        )
        print(f"{name:12} n^{slope or 0:.2f}  up to n = {max(found)}  {verdict}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)
