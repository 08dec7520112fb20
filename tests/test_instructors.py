"""Follow docs/instructors.md from top to bottom: write files, run commands, compare outputs."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parent.parent / "docs/instructors.md"
BLOCK = re.compile(r"(?:^`([\w/.]+)`\n\n)?^(````?)(\w+)\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"\d+\.\d\d s$", re.MULTILINE)


def carried_out(folder):
    """Yield each command on the page, with the output shown there and the real output."""
    for path, _, kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        elif kind == "console":
            command, _, shown = text.partition("\n")
            yield command, shown, run(shlex.split(command.removeprefix("$ grade ")), folder)


def run(arguments, folder):
    done = subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.stdout + done.stderr


def stripped(text):
    """Remove durations, which differ from run to run."""
    lines = SECONDS.sub("0.00 s", text.strip("\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines)


@pytest.mark.slow
def test_the_page_can_be_followed(tmp_path):
    """Each command prints the output on the page, and at the end the exercise passes its proof."""
    folder = tmp_path / "course"
    folder.mkdir()
    for command, shown, printed in carried_out(folder):
        assert stripped(printed) == stripped(shown), command
    assert not (tmp_path / "learners/reference/fir_bank").exists()


def update():
    """Write the output of each command into the page: `python tests/test_instructors.py`."""
    import tempfile

    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "course"
        folder.mkdir()
        after = 0
        for command, shown, printed in carried_out(folder):
            old, new = f"{command}\n{shown}```", f"{command}\n{stripped(printed)}\n```"
            after = text.index(old, after)
            text = text[:after] + new + text[after + len(old) :]
            after += len(new)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
