"""Test every command on narrow terminals, with old encodings, closed pipes and Ctrl-C."""

import errno
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import load_course

ROOT = Path(__file__).resolve().parent.parent
MINE = ROOT / "tests/minicourse"
COLOURS = re.compile(r"\x1b\[[\d;]*m")
# The exit code of each, and whether it writes to standard error.
VERBS = {
    ("--help",): 0,
    ("run", "--help"): 0,
    ("--version",): 0,
    ("list",): 0,
    ("list", "--markdown"): 0,
    ("show", "toeplitz_2d_strided"): 0,
    ("show", "fft_convolution"): 0,
    ("show", "toeplitz_1d", "--solution"): 1,
    ("hint", "toeplitz_1d"): 0,
    ("hint", "fft_convolution", "2"): 0,
    ("start", "toeplitz_1d"): 0,
    ("new", "fir_bank"): 0,
    ("schema",): 0,
    ("hint", "toeplitz_1d", "99"): 2,
    ("show", "toeplits_1d"): 2,
    ("run", "nowhere-é-Σ"): 2,
    ("list", "--course", "/nowhere"): 2,
    ("nonsense",): 2,
}


@pytest.fixture(autouse=True)
def in_a_copy(own_course, monkeypatch):
    """Write all files into a copy of the course."""
    monkeypatch.chdir(own_course)


@pytest.mark.parametrize("arguments", VERBS, ids=" ".join)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii", "cp1252"])
def test_any_verb_on_any_terminal(say, arguments, encoding):
    """Exit codes are the same at 20, 40 and 80 columns, without tracebacks or control codes."""
    for width in (80, 40, 20):
        said = say(*arguments, encoding=encoding, width=width)
        code = 2 if width < 80 and arguments[0] in {"start", "new"} else VERBS[arguments]
        code = 0 if width < 80 and "--solution" in arguments else code
        assert said.code == code, said.stderr
        assert "Traceback" not in said.stderr
        assert "\x1b" not in said.stdout + said.stderr
        assert bool(said.stderr) == (code == 2)


@pytest.mark.parametrize("name", load_course(ROOT).exercises)
def test_every_statement_can_be_read_in_ascii(say, name):
    """No symbol in a statement or a hint becomes a question mark, and nothing is left out."""
    for arguments in (("show", name), ("hint", name, "1"), ("hint", name, "2")):
        plain = say(*arguments, encoding="ascii").stdout
        assert plain.isascii()
        assert plain.count("?") == say(*arguments).stdout.count("?")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_statement_is_as_wide_as_the_terminal(say, width):
    """Text wraps at the terminal's width."""
    lines = say("show", "toeplitz_1d", width=width).stdout.splitlines()
    assert max(len(line.rstrip()) for line in lines[:-1]) <= width


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "x"),
        ("show", "x", "--solution"),
        ("hint", "x"),
        ("start", "x"),
        ("run", "x"),
        ("check",),
    ],
    ids=" ".join,
)
def test_ctrl_c(say, monkeypatch, arguments):
    """An interrupt ends any command with exit code 130 and one word."""

    def interrupted(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.course.find_course", interrupted)
    said = say(*arguments)
    assert (said.code, said.stdout, said.stderr) == (130, "", "stopped\n")


@pytest.mark.parametrize(
    ("fault", "slug"),
    [
        (OSError(errno.EMFILE, "Too many open files"), "no-room"),
        (OSError(errno.ENOSPC, "No space left on device"), "no-room"),
        (MemoryError(), "no-room"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "internal"),
        (ValueError("what nobody foresaw"), "internal"),
    ],
    ids=repr,
)
def test_what_nobody_foresaw_is_told(say, monkeypatch, fault, slug):
    """An unexpected error prints four lines and no traceback, with exit code 3."""

    def failing(**_):
        raise fault

    monkeypatch.setattr("grader.course.find_course", failing)
    said = say("list")
    assert (said.code, said.stdout) == (3, "")
    assert said.stderr.startswith(f"error[{slug}]: ")
    assert len(said.stderr.splitlines()) == 4


def piped(command, **env):
    """Run `grade` in a pipe as bash would, and return its own exit code and its standard error."""
    plain = {"PATH": "/usr/bin:/bin", "COLUMNS": "100", **env}
    script = f"set -o pipefail; {sys.executable} -m grader {command}"
    return subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=plain, capture_output=True, timeout=240, check=False
    )


@pytest.mark.parametrize(
    "command",
    [
        "list | true",
        "list | head -1",
        "list --markdown | head -c 10",
        "list --markdown | true",
        "show toeplitz_1d | true",
        "schema | head -c 10",
        "schema | true",
        "show no_such_exercise 2>&1 | true",
    ],
)
def test_a_pipe_that_ends_early(command):
    """A pipe's reader may stop at any point of the output without causing a traceback or a message."""
    done = piped(command)
    assert done.returncode in (0, 2, 141), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.slow
def test_an_unread_report_ends_as_by_sigpipe():
    """If only the start of a report larger than the pipe is read, the exit code is 141."""
    done = piped(
        "run submissions/example -e toeplitz_1d -e separable --json - 2>/dev/null | (head -c 10; exec <&-)"
    )
    assert done.stdout == b'{\n  "forma'
    assert done.returncode in (0, 141)
    assert done.stderr == b""


@pytest.mark.slow
def test_colours_are_forced_and_nothing_moves():
    """With FORCE_COLOR, output to a pipe has colours, but no spinner and no cursor commands."""
    done = piped("run submissions/mistakes -e toeplitz_1d", FORCE_COLOR="1")
    text = done.stdout.decode()
    assert "\x1b[1;31m" in text
    assert "\x1b" not in COLOURS.sub("", text)
    assert "importing torch" not in text


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_pipe_holds_text_alone(env):
    """Without FORCE_COLOR there is no control code in a pipe."""
    assert b"\x1b" not in piped("show toeplitz_1d", **env).stdout


@pytest.mark.slow
def test_machine_output_stays_json_on_an_old_terminal():
    """A report on standard output is UTF-8 on every terminal, and an old terminal's text is ASCII."""
    done = piped(
        "run submissions/mistakes -e toeplitz_1d --json - --exit-zero", PYTHONIOENCODING="ascii", LANG="C"
    )
    assert json.loads(done.stdout)["format"] == 1
    assert done.stderr.isascii()
    assert b"cell [0] = kernel[0]*x[0]" in done.stderr
