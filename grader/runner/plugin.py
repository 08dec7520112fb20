"""The pytest plugin. It contains only hooks.

Every pytest run in an environment with the grader loads this plugin. So it imports little, and does
nothing outside a course's exercises.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.runner.grading_session import GradingSession

SESSION: pytest.StashKey[GradingSession] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a plain `pytest exercises/...`."""
    group = parser.getgroup("grader", "exercises graded by their tests")
    group.addoption("--submission", metavar="PATH", help="the learner's folder or file to grade")
    group.addoption("--device", default=None, help="cpu, cuda, mps, sim or auto")
    group.addoption(
        "--cases-seed", metavar="N", type=int, default=None, help="the seed of the generated cases"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker `points`."""
    config.addinivalue_line("markers", "points(value): the number of points for a test of an exercise")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> None:
    """Start a grading session at the first file of properties."""
    if file_path.name == f"test_{file_path.parent.name}.py" and SESSION not in parent.config.stash:
        from grader.runner.plain_pytest import session_for  # noqa: PLC0415 - only a course needs it

        grading_session = session_for(parent.config, file_path)
        if grading_session is not None:
            parent.config.stash[SESSION] = grading_session


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Import properties with the settings that make them deterministic."""
    grading_session = collector.config.stash.get(SESSION, None)
    if (
        grading_session is None
        or not isinstance(collector, pytest.Module)
        or not grading_session.judges(collector.path)
    ):
        return (yield)
    with grading_session.profile():
        return (yield)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every property once for each device."""
    grading_session = metafunc.config.stash.get(SESSION, None)
    if (
        grading_session is not None
        and "device" in metafunc.fixturenames
        and grading_session.judges(metafunc.definition.path)
    ):
        metafunc.parametrize("device", grading_session.devices(metafunc.definition.path), scope="session")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Record the expected properties. The score always covers all of them."""
    if (grading_session := session.config.stash.get(SESSION, None)) is not None:
        grading_session.expect(session.items)


def pytest_runtestloop(session: pytest.Session) -> None:
    """Keep only the properties to grade, and prepare their seeds and cases."""
    if (grading_session := session.config.stash.get(SESSION, None)) is not None:
        session.items[:] = grading_session.begin(session.items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Show a failed comparison as a small table, and store it for the report."""
    grading_session = item.config.stash.get(SESSION, None)
    if grading_session is None or not grading_session.judges(item.path):
        return (yield)
    from grader.runner.false_comparisons import explained  # noqa: PLC0415 - only a course needs it

    with explained(grading_session.explain):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a property if another device has already decided its result."""
    if (grading_session := item.config.stash.get(SESSION, None)) is not None and grading_session.judges(
        item.path
    ):
        grading_session.admit(item)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Run a property with a new call log. If it passes, repeat its calls before it counts as met."""
    grading_session = pyfuncitem.config.stash.get(SESSION, None)
    if grading_session is None or not grading_session.judges(pyfuncitem.path):
        return (yield)
    exercise_run = grading_session.open(pyfuncitem)
    result = yield
    grading_session.workers.confirm(exercise_run)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the outcome of a property into its verdict."""
    report = yield
    if (grading_session := item.config.stash.get(SESSION, None)) is not None and grading_session.judges(
        item.path
    ):
        grading_session.note(item, call, report)
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_json_runtest_metadata(item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any]:
    """Add the verdict to pytest-json-report's document."""
    del call
    grading_session = item.config.stash.get(SESSION, None)
    return {} if grading_session is None else grading_session.metadata(item)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Return the header line that shows what is graded."""
    grading_session = config.stash.get(SESSION, None)
    return [] if grading_session is None else [grading_session.header()]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the workers. Also stop the zygote if this run started it."""
    if (grading_session := config.stash.get(SESSION, None)) is not None:
        grading_session.close()
