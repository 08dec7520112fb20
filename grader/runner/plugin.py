"""The pytest plugin: hooks and nothing else.

Loaded in every pytest of an environment that has the grader, so it imports little and
does nothing outside a course's exercises.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.runner.grading_session import Sitting

SITTING: pytest.StashKey[Sitting] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a plain `pytest exercises/...` can be told."""
    group = parser.getgroup("grader", "exercises judged by their properties")
    group.addoption("--submission", metavar="PATH", help="the learner's folder or file to judge")
    group.addoption("--device", default=None, help="cpu, cuda, mps, sim or auto")
    group.addoption(
        "--cases-seed", metavar="N", type=int, default=None, help="the seed of the generated cases"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker, and take a sitting where one was handed in."""
    config.addinivalue_line("markers", "points(value): what a property of an exercise is worth")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> None:
    """Begin a sitting at the first file of properties."""
    if file_path.name == f"test_{file_path.parent.name}.py" and SITTING not in parent.config.stash:
        from grader.runner.grading_session import sitting_for  # noqa: PLC0415 - only a course needs it

        sitting = sitting_for(parent.config, file_path)
        if sitting is not None:
            parent.config.stash[SITTING] = sitting


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Import properties under the settings that make them deterministic."""
    sitting = collector.config.stash.get(SITTING, None)
    if sitting is None or not isinstance(collector, pytest.Module) or not sitting.judges(collector.path):
        return (yield)
    with sitting.profile():
        return (yield)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every property once for each device."""
    sitting = metafunc.config.stash.get(SITTING, None)
    if sitting is not None and "device" in metafunc.fixturenames and sitting.judges(metafunc.definition.path):
        metafunc.parametrize("device", sitting.devices(metafunc.definition.path), scope="session")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note which properties are expected: the score is over these, whatever happens to them."""
    if (sitting := session.config.stash.get(SITTING, None)) is not None:
        sitting.expect(session.items)


def pytest_runtestloop(session: pytest.Session) -> None:
    """Leave those properties that are to be judged, with their seeds, and have their cases noted."""
    if (sitting := session.config.stash.get(SITTING, None)) is not None:
        session.items[:] = sitting.begin(session.items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Show a comparison that was false as a small table, and keep it for the report."""
    sitting = item.config.stash.get(SITTING, None)
    if sitting is None or not sitting.judges(item.path):
        return (yield)
    from grader.runner.false_comparisons import explained  # noqa: PLC0415 - only a course needs it

    with explained(sitting.explain):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what another device has settled."""
    if (sitting := item.config.stash.get(SITTING, None)) is not None and sitting.judges(item.path):
        sitting.admit(item)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Open a transcript, run the property, and ask its calls again before it is called met."""
    sitting = pyfuncitem.config.stash.get(SITTING, None)
    if sitting is None or not sitting.judges(pyfuncitem.path):
        return (yield)
    hearing = sitting.open(pyfuncitem)
    result = yield
    sitting.judge.confirm(hearing)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the end of a property into its verdict."""
    report = yield
    if (sitting := item.config.stash.get(SITTING, None)) is not None and sitting.judges(item.path):
        sitting.note(item, call, report)
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_json_runtest_metadata(item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any]:
    """Carry the verdict in pytest-json-report's document."""
    del call
    sitting = item.config.stash.get(SITTING, None)
    return {} if sitting is None else sitting.metadata(item)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say what is judged."""
    sitting = config.stash.get(SITTING, None)
    return [] if sitting is None else [sitting.header()]


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the workers, and the fork server where this run started it."""
    if (sitting := config.stash.get(SITTING, None)) is not None:
        sitting.close()
