"""Run `grade watch` in its own terminal, with a learner's saves, key presses and Ctrl-C."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from grader.learner.screen import Screen
from grader.learner.workspace import Score

HERE = Path(__file__).resolve().parent.parent
CODES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\r")
RIGHT = (HERE / "minicourse/submissions/right/ranks.py").read_text()
WRONG = RIGHT.replace("first + (sizes + 1) / 2", "first + (sizes - 1) / 2")
PATIENCE = 30


@pytest.fixture
def course(tmp_path):
    """A small writable course without answers."""
    shutil.copytree(HERE / "minicourse", tmp_path / "course", ignore=shutil.ignore_patterns("submissions"))
    return tmp_path / "course"


class Learner:
    """A learner at a terminal."""

    def __init__(self, folder, *arguments, rows=30, columns=90, encoding="utf-8"):
        self.screen, self._terminal = pty.openpty()
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self._terminal)
        plain = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader", *map(str, arguments)],
            cwd=folder,
            stdin=self._terminal,
            stdout=self._terminal,
            stderr=self._terminal,
            env=plain | {"TERM": "xterm", "PYTHONIOENCODING": encoding},
            preexec_fn=lambda: (os.setsid(), fcntl.ioctl(0, termios.TIOCSCTTY, 0)),
        )
        self.seen = ""

    def press(self, keys):
        os.write(self.screen, keys.encode())

    def sees(self, text):
        """Wait until a text is drawn, and return everything drawn up to then."""
        drawn = ""
        while text not in drawn:
            ready, _, _ = select.select([self.screen], [], [], PATIENCE)
            assert ready, f"{text!r} never came after {drawn[-1500:]!r}"
            try:
                drawn += CODES.sub(b"", os.read(self.screen, 1 << 16)).decode()
            except OSError:
                raise AssertionError(f"it ended before {text!r}, with {drawn!r}") from None
        self.seen += drawn
        return drawn

    def leaves(self):
        """Wait for the process to exit; return its exit code and whether the terminal is restored."""
        code = self.process.wait(PATIENCE)
        return code, termios.tcgetattr(self._terminal)[:4] == self.before[:4]

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.screen)
        os.close(self._terminal)


@pytest.fixture
def sit_down(course):
    """Start a program in a terminal in the course's folder."""
    learners = []

    def start(*arguments, folder=course, **options):
        learners.append(Learner(folder, *arguments, **options))
        return learners[-1]

    yield start
    for one in learners:
        one.close()


def save(folder, text, name="ranks.py"):
    """Save the way editors do: write a new file and move it over the old one."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "new.tmp").write_text(text)
    (folder / "new.tmp").replace(folder / name)


def test_from_nothing_to_done(course, sit_down):
    """With plain `grade`, start an exercise, get it wrong, take a hint, fix it, go to the next, quit."""
    mine = course / "submissions/me"
    learner = sit_down()
    learner.sees("Welcome! submissions/me has no answer yet.")
    learner.press("n")
    learner.sees("not implemented yet")
    save(mine, WRONG)
    # On a busy machine the stub's verdict may come first.
    while "counted from 0" not in (first := learner.sees("checked in")):
        assert "not implemented yet" in first
    assert "✗ values (0/3)  A rank is 1 plus the number" in first
    assert "Known mistake: counted from 0" in first
    assert "0 of 2 exercises correct" in first
    learner.press("h")
    assert "Hint 1 of 3" in learner.sees("enter back")
    learner.press("\n")
    learner.sees("✗ values (0/3)")
    save(mine, RIGHT)
    learner.sees("Next is inversions")
    learner.press("n")
    learner.sees("not implemented yet")
    assert (mine / "inversions.py").exists()
    learner.press("q")
    assert learner.leaves() == (0, True)
    assert '"status": "met"' in (mine / ".grader/progress.json").read_text()


@pytest.mark.slow
def test_all_that_is_wrong(course, sit_down):
    """At first only the first thing to fix is shown; `a` shows the others in a scrollable view."""
    mine = course / "submissions/me"
    save(mine, WRONG)
    learner = sit_down("watch", rows=16)
    first = learner.sees("checked in")
    assert "(0/3)" in first
    assert "(0/1)" not in first
    learner.press("a")
    learner.sees("more lines: press down")
    learner.press("\x1b[F")
    learner.sees("also wrong for this reason")
    learner.press("q")
    assert learner.leaves() == (0, True)


@pytest.mark.slow
def test_a_save_interrupts_what_is_being_judged(course, sit_down):
    """A file that would reach its time limit is dropped as soon as a newer one is saved."""
    mine = course / "submissions/me"
    save(mine, "while True:\n    pass\n")
    learner = sit_down("watch")
    learner.sees("testing ...")
    started = time.monotonic()
    save(mine, RIGHT)
    learner.sees("correct")
    learner.sees("Next is inversions")
    # Loading alone may take ten seconds before it counts as hanging.
    assert time.monotonic() - started < 60
    learner.press("q")
    assert learner.leaves() == (0, True)


@pytest.mark.slow
def test_a_file_that_cant_be_read_is_no_end(course, sit_down):
    """The error for an unreadable file is shown, and the next save is graded."""
    mine = course / "submissions/me"
    save(mine, WRONG)
    learner = sit_down("watch")
    learner.sees("checked in")
    (mine / "new.tmp").write_bytes(b"\xff\xfe")
    (mine / "new.tmp").replace(mine / "ranks.py")
    learner.sees("text in UTF-16")
    save(mine, RIGHT)
    learner.sees("Next is inversions")
    (mine / "ranks.py").unlink()
    learner.sees("Welcome!")
    learner.press("\x04")
    assert learner.leaves() == (0, True)


def kill_the_server(learner):
    """Kill the zygote and everything that it forked."""
    children = Path(f"/proc/{learner.process.pid}/task/{learner.process.pid}/children")
    for server in children.read_text().split():
        os.killpg(int(server), signal.SIGKILL)


@pytest.mark.slow
def test_a_grader_that_was_killed_is_started_anew(course, sit_down):
    """When the zygote is killed, a new one grades the next save and the learner is told."""
    mine = course / "submissions/me"
    save(mine, WRONG)
    learner = sit_down("watch")
    learner.sees("checked in")
    kill_the_server(learner)
    save(mine, RIGHT)
    learner.sees("the grading process crashed; watching submissions/me; importing torch ...")
    learner.sees("The grading process crashed and was restarted.")
    learner.sees("Next is inversions")
    kill_the_server(learner)
    learner.press("r")
    learner.sees("importing torch ...")
    learner.sees("was restarted")
    save(mine, WRONG)
    assert "was restarted" not in learner.sees("counted from 0")
    learner.press("q")
    assert learner.leaves() == (0, True)


@pytest.mark.slow
def test_a_folder_that_is_replaced_is_watched_on(course, sit_down):
    """If a new folder replaces the learner's folder, as after `git checkout`, its files are graded."""
    mine = course / "submissions/me"
    save(mine, WRONG)
    learner = sit_down("watch")
    learner.sees("checked in")
    mine.rename(course / "submissions/before")
    learner.sees("no file or folder")
    save(mine, RIGHT)
    learner.sees("Next is inversions")
    save(mine, WRONG)
    learner.sees("counted from 0")
    learner.press("q")
    assert learner.leaves() == (0, True)


@pytest.mark.slow
def test_pages_and_sizes(course, sit_down):
    """The statement and the list work in a resized window and in an ASCII-only terminal."""
    save(course / "submissions/me", WRONG)
    learner = sit_down("watch", rows=24, columns=50, encoding="ascii")
    learner.sees("checked in")
    learner.press("s")
    learner.sees("A rank tells you how many values are smaller")
    learner.press("l")
    learner.sees("inversions")
    learner.press("r")
    learner.sees("checked in")
    fcntl.ioctl(learner.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 40, 0, 0))
    learner.sees("more lines: press down")
    learner.press("q")
    assert learner.leaves() == (0, True)
    assert all(character < "\x80" for character in learner.seen)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["\x03", signal.SIGTERM, signal.SIGHUP], ids=["Ctrl-C", "TERM", "HUP"])
def test_however_it_ends_the_terminal_is_as_it_was(course, sit_down, ending):
    """Ctrl-C and termination signals restore the terminal and show no traceback."""
    save(course / "submissions/me", WRONG)
    learner = sit_down("watch")
    learner.sees("checked in")
    if isinstance(ending, str):
        learner.press(ending)
        learner.sees("stopped")
        assert learner.leaves() == (130, True)
    else:
        learner.process.send_signal(ending)
        assert learner.leaves() == (128 + ending, True)
    assert "Traceback" not in learner.seen


@pytest.mark.slow
def test_a_pipe_gets_each_verdict_below_the_last(course):
    """Without a terminal, no control codes are printed, no keys are read and nothing is drawn twice."""
    mine = course / "submissions/me"
    save(mine, WRONG)
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "watch"],
        cwd=course,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "checked in" in line and len([one for one in lines if "checked in" in one]) == 1:
            save(mine, RIGHT)
        elif "checked in" in line:
            break
    process.send_signal(signal.SIGTERM)
    process.stdout.close()
    assert process.wait(PATIENCE) == 128 + signal.SIGTERM
    text = "".join(lines)
    assert "\x1b" not in text
    assert text.count("ranks  ") == 2
    assert "Known mistake: counted from 0" in text


@pytest.mark.slow
def test_one_file_can_be_watched(course, sit_down):
    """If a single file is given, only its functions are graded and nothing is written next to it."""
    place = course / "elsewhere"
    save(place, RIGHT, "answer.py")
    learner = sit_down("watch", place / "answer.py")
    learner.sees("Next is inversions")
    learner.press("q")
    assert learner.leaves() == (0, True)
    assert [one.name for one in place.iterdir()] == ["answer.py"]


def test_a_missing_place_is_an_error(run_grade):
    """A missing path can't be watched."""
    done = run_grade("watch", "nowhere")
    assert done.returncode == 2
    assert "no file or folder `nowhere`" in done.stderr


@pytest.mark.slow
def test_what_is_longer_than_the_terminal_is_scrolled():
    """The score bar and the key help are always drawn; the body is cut to fit between them."""
    import io

    from rich.console import Console

    drawn = io.StringIO()
    console = Console(file=drawn, force_terminal=True, width=40, height=12, color_system=None)
    screen = Screen(console, live=True)
    score = Score(1, 2, 5.0, 10.0)

    def body(to):
        to.print("\n".join(f"line {number}" for number in range(20)))

    def shown():
        drawn.seek(0)
        drawn.truncate()
        screen.draw(score, body, "judged", "q quit")
        return [line for line in re.sub(r"\x1b\[[0-9;]*[A-Z]", "", drawn.getvalue()).split("\n") if line]

    lines = shown()
    assert lines[0].startswith("██████░░░░░░  1 of 2 exercises correct")
    assert lines[-3:] == ["(13 more lines: press down)", "judged", "q quit"]
    assert screen.scroll("end")
    assert shown()[-3:] == ["line 19", "judged", "q quit"]
    assert screen.scroll("up")
    assert "line 18" in shown()
    assert not screen.scroll("h")
