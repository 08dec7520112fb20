"""Properties that several processes judge: each is judged, and a failure reads as if there were one process."""

import contextlib
import os
import time

import msgspec
import pytest

from grader.checks.lookahead import Ahead, Board, First
from grader.commands.grade import RunOptions, job_of
from grader.commands.warm import WarmGrader
from grader.records import NearFinished
from grader.sandbox import processes
from grader.sandbox.sources import read_submission

NAMES = ["shape", "values", "locality", "linearity", "dtype", "purity"]


@pytest.fixture
def board():
    with contextlib.closing(Board()) as board:
        yield board


def ahead(board, comes_to, *, dies_at=None, seconds=0.0):
    """Fork a process that judges from the end; `comes_to` says what is met."""

    def child():
        other = Ahead(board)
        for name in other.arrange(NAMES):
            if other.spares(name):
                continue
            if name == dies_at:
                os._exit(1)
            time.sleep(seconds)
            other.judged(name, met=comes_to[name])
            if not comes_to[name]:
                return

    return processes.fork(child)


def in_order(board):
    """Judge as the first process does, and return what it had to judge itself."""
    first = First(board)
    return [name for name in first.arrange(NAMES) if not first.spares(name)]


def met(*but):
    return {name: name not in but for name in NAMES}


def test_what_the_others_met_is_spared(board):
    """Where the others met everything, nothing is left to judge."""
    os.waitpid(ahead(board, met()), 0)
    assert in_order(board) == []


@pytest.mark.parametrize("wrong", NAMES)
def test_a_failure_ahead_is_judged_again_with_all_that_is_left(board, wrong):
    """Where another process found a failure, the first judges every property itself."""
    os.waitpid(ahead(board, met(wrong)), 0)
    assert in_order(board) == NAMES


@pytest.mark.parametrize("place", NAMES)
def test_what_a_killed_process_had_taken_is_judged(board, place):
    """A process that is gone has met nothing that it was at."""
    os.waitpid(ahead(board, met(), dies_at=place), 0)
    assert in_order(board) == NAMES[: NAMES.index(place) + 1]


@pytest.mark.parametrize("pace", [(0, 0), (0, 2), (2, 0), (1, 1), (3, 1)])
def test_the_first_waits_for_what_is_being_judged(board, pace):
    """Between them the processes judge each property, however they are timed."""
    theirs, ours = pace
    others = [ahead(board, met(), seconds=0.002 * theirs) for _ in range(2)]
    first, own = First(board), []
    for name in first.arrange(NAMES):
        if not first.spares(name):
            own.append(name)
            time.sleep(0.002 * ours)
    for other in others:
        os.waitpid(other, 0)
    assert own == NAMES[: len(own)]
    assert all(board.is_met(NAMES.index(name)) for name in NAMES[len(own) :])


@pytest.mark.parametrize("submission", ["example", "mistakes"])
def test_a_watched_verdict_is_that_of_a_run(course, root, judged, submission):
    """What a near side finds with several processes is what it finds with one, but for the times."""
    files = read_submission(root / "submissions" / submission, course).files
    texts = [one for one in files if one.exercise in {"toeplitz_1d", "circulant"}]
    alone = judged([(one.exercise, one.source) for one in texts])
    with WarmGrader(course, RunOptions(device="cpu"), course.settings.seed) as grader:
        grader.opened()
        for text, expected in zip(texts, alone, strict=True):
            found = grader.judge(job_of(text))
            try:
                while not isinstance(message := found.hear(), NearFinished):
                    pass
            finally:
                found.hang_up()
            assert timeless(message.result) == timeless(expected)


def timeless(result):
    properties = [msgspec.structs.replace(one, duration=0.0) for one in result.properties]
    return msgspec.structs.replace(result, properties=properties, duration=0.0, stdout="")
