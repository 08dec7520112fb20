"""Measure the time that confinement adds to a worker, from the request to the first answer.

    python tests/benchmarks/confinement.py

Forks workers with every layer and with none alternately from one zygote, and compares the medians.
"""

from __future__ import annotations

import os
import statistics
import time

from grader.sandbox import wire
from grader.sandbox.client import Worker
from grader.sandbox.confinement import KERNEL_LAYERS
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import SourceText

ROUNDS = int(os.environ.get("ROUNDS", "60"))
SOURCE = wire.Prepare(SourceText("def f():\n    return 1\n", "f.py"), "cpu")
CALL = wire.Ask("f", "call", [], {})


def milliseconds(server: ZygoteClient, demand: Demand) -> float:
    """Return the time from the fork of a worker to its first answer."""
    started = time.perf_counter()
    worker = Worker.fork(server, isolation=demand)
    worker.ask(SOURCE, seconds=10)
    worker.ask(wire.Load(), seconds=10)
    worker.ask(CALL, seconds=10)
    elapsed = time.perf_counter() - started
    worker.close()
    # The next fork must not wait for the end of this worker.
    time.sleep(0.02)
    return elapsed * 1000


def main() -> None:
    """Alternate between the two, measure, and print the medians."""
    kinds = {"no layer": Demand(withheld=KERNEL_LAYERS), "every layer": Demand()}
    found: dict[str, list[float]] = {label: [] for label in kinds}
    with ZygoteClient.start() as server:
        for _ in range(ROUNDS):
            for label, demand in kinds.items():
                found[label].append(milliseconds(server, demand))
    medians = {label: statistics.median(times[2:]) for label, times in found.items()}
    for label, median in medians.items():
        print(f"{label:<12}{median:7.2f} ms")
    print(f"confinement {medians['every layer'] - medians['no layer']:7.2f} ms per worker")


if __name__ == "__main__":
    main()
