"""Settings that make Hypothesis draw the same cases in every run."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, settings

CASES = 50
BRIEF = (Phase.explicit, Phase.generate)
PROFILE = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=False,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    report_multiple_bugs=False,
    print_blob=False,
    # Health checks depend on the clock, and a verdict must not.
    suppress_health_check=list(HealthCheck),
    verbosity=hypothesis.Verbosity.quiet,
)


def seeded(function: Callable[..., Any], text: str) -> int:
    """Seed a property with the digest of a text, and return that seed."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    seed: Callable[..., Any] = hypothesis.seed(number)
    seed(function)
    return number


@contextlib.contextmanager
def deterministic(*, brief: bool) -> Iterator[None]:
    """Make Hypothesis deterministic for modules imported in this context. `brief` turns off shrinking."""
    profile = settings(PROFILE, phases=BRIEF) if brief else PROFILE
    settings.register_profile("grader", profile)
    before = settings.get_current_profile_name()
    settings.load_profile("grader")
    try:
        yield
    finally:
        settings.load_profile(before)
