"""Compare the cost of a submission in this grader, a plain script and other graders, on an exercise of 100 cases.

    python tests/benchmarks/peers.py [--cache FOLDER] [--install]

Measures the CPU seconds and peak memory of whole process trees, one tool after another, in one run on
one machine. "Alone" is a run with one submission. "In a cohort" is the cost of one more submission in a
run with many. For a tool that restarts for each submission, it equals "alone".

Peers are installed into separate environments under FOLDER (default: $PEERS_CACHE or a temporary folder). They use
this project's torch. A peer that can't be installed or gives wrong scores is left out, with the reason.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from benchmarks.beside import exercise, harnesses, venvs  # noqa: E402
from benchmarks.beside.harnesses import Harness, Place  # noqa: E402
from benchmarks.beside.trials import Trial, Unfit  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "5"))
OURS, WRONG, SIM = "this grader", "this grader, wrong answers", "this grader, devices: auto"
MOST_SECONDS, LEAST_RATIO = 0.2, 10


@dataclass(frozen=True)
class Tool:
    """A harness and its pip requirement."""

    harness: Harness
    requirement: str = ""


PEERS = {
    "plain script": Tool(harnesses.plain),
    "pytest + Hypothesis": Tool(harnesses.pytest_and_hypothesis),
    "gradescope-utils": Tool(harnesses.gradescope_utils, "gradescope-utils>=0.5,<0.6"),
    "check50": Tool(harnesses.check50, "check50>=3.5,<4"),
    "otter-grader": Tool(harnesses.otter_grader, "otter-grader>=7,<8"),
    "nbgrader": Tool(harnesses.nbgrader, "nbgrader>=0.9.6,<0.10"),
}


@dataclass
class Entrant:
    """A measured tool: its trials by number of submissions, and the cost of each."""

    label: str
    trials: dict[int, Trial]
    share: float = 1.0
    seconds: dict[int, list[float]] = field(default_factory=dict)
    mebibytes: dict[int, float] = field(default_factory=dict)

    def measure(self, what: str) -> None:
        """Run each trial once."""
        for size, trial in self.trials.items():
            taken = trial.taken(what, [self.share] * size)
            if what == "memory":
                self.mebibytes[size] = taken
            else:
                self.seconds.setdefault(size, []).append(taken)

    @property
    def alone(self) -> float:
        """The CPU seconds of one submission in a separate run."""
        return statistics.median(self.seconds[1])

    @property
    def in_a_cohort(self) -> float:
        """The CPU seconds of one more submission."""
        if len(self.trials) == 1:
            return self.alone
        fewer, more = sorted(self.trials)[-2:]
        pairs = zip(self.seconds[fewer], self.seconds[more], strict=True)
        return statistics.median((large - small) / (more - fewer) for small, large in pairs)


def enter(label: str, tool: Tool, folder: Path, cache: Path, *, answer: str, share: float) -> Entrant:
    """Install a tool if needed and prepare its trials."""
    python, name = Path(sys.executable), label
    if tool.requirement:
        python = venvs.install(cache, tool.requirement)
        name = f"{label} {venvs.version(python, tool.requirement)}"
    place = Place(folder / label.replace(" ", "_"), folder / "shared", answer, python)
    return Entrant(name, dict(tool.harness(place)), share)


def entrants(folder: Path, cache: Path, skipped: dict[str, str]) -> Iterator[Entrant]:
    """Yield all tools that can be measured here."""
    exercise.write_shared(folder / "shared")
    ours = Tool(harnesses.this_grader)
    yield enter(OURS, ours, folder, cache, answer=exercise.RIGHT, share=1.0)
    yield enter(WRONG, ours, folder, cache, answer=exercise.WRONG, share=0.0)
    as_it_comes = Tool(harnesses.this_grader_as_it_comes)
    yield enter(SIM, as_it_comes, folder, cache, answer=exercise.RIGHT, share=1.0)
    for label, tool in PEERS.items():
        try:
            yield enter(label, tool, folder, cache, answer=exercise.RIGHT, share=1.0)
        except Unfit as reason:
            skipped[label] = str(reason)


def measured(field_: list[Entrant], skipped: dict[str, str]) -> list[Entrant]:
    """Measure the tools in turn, reverse the order each round, and leave out tools that fail."""
    # Memory first: then the CPU times don't include reading and compiling in the first run.
    for what in ["memory", *["cpu"] * ROUNDS]:
        for entrant in list(field_):
            try:
                entrant.measure(what)
            except Unfit as reason:
                skipped[entrant.label] = str(reason)
                field_.remove(entrant)
        field_.reverse()
    return sorted(field_, key=lambda entrant: entrant.in_a_cohort)


def table(found: list[Entrant], skipped: dict[str, str]) -> Iterator[str]:
    """Yield the lines of the table, the limits, and the tools left out."""
    costs = {entrant.label: entrant.in_a_cohort for entrant in found}
    peers = [cost for label, cost in costs.items() if label not in {OURS, WRONG, SIM}]
    yield f"{'':<28}{'CPU s':>8}{'CPU s':>12}{'times this':>12}{'times the':>14}{'most MiB':>10}{'most MiB':>13}"
    yield f"{'':<28}{'alone':>8}{'in a cohort':>12}{'grader':>12}{'fastest peer':>14}{'alone':>10}{'in a cohort':>13}"
    for entrant in found:
        cost, memory = costs[entrant.label], entrant.mebibytes
        ours, fastest = ratio(cost, costs.get(OURS)), ratio(cost, min(peers, default=None))
        yield (
            f"{entrant.label:<28}{entrant.alone:8.2f}{cost:12.3f}{ours:>12}{fastest:>14}"
            f"{memory[1]:10.0f}{memory[max(memory)]:13.0f}"
        )
    for label, reason in skipped.items():
        yield f"{label:<28}left out: {reason}"
    if OURS in costs and peers:
        yield f"in a cohort {costs[OURS]:.3f} CPU s a submission (bar: at most {MOST_SECONDS})"
        yield f"the fastest peer takes {min(peers) / costs[OURS]:.1f} times as much (bar: at least {LEAST_RATIO})"


def ratio(cost: float, other: float | None) -> str:
    """Return the ratio of two costs."""
    return "-" if other is None else f"{cost / other:.2f}"


def main() -> None:
    """Install what is missing, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kept = os.environ.get("PEERS_CACHE")
    parser.add_argument("--cache", type=Path, default=kept, help="where the peers' environments are kept")
    parser.add_argument("--install", action="store_true", help="install the peers there, and measure nothing")
    chosen = parser.parse_args()
    if chosen.install and chosen.cache is None:
        parser.error("--install needs a lasting folder: name it with --cache")
    with tempfile.TemporaryDirectory() as name:
        cache = (chosen.cache or Path(name) / "cache").resolve()
        if chosen.install:
            install(cache)
            return
        skipped: dict[str, str] = {}
        found = measured(list(entrants(Path(name), cache, skipped)), skipped)
        print(*table(found, skipped), sep="\n")


def install(cache: Path) -> None:
    """Install every peer and print the result for each."""
    for requirement in filter(None, (tool.requirement for tool in PEERS.values())):
        try:
            python = venvs.install(cache, requirement)
            print(venvs.name_of(requirement), venvs.version(python, requirement))
        except Unfit as reason:
            print(venvs.name_of(requirement), reason)


if __name__ == "__main__":
    main()
