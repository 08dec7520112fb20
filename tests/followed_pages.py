"""Follows a page of docs/ from top to bottom: writes its files, runs its commands, compares the outputs."""

import os
import re
import shlex
import subprocess
import sys

BLOCK = re.compile(r"(?:^`([\w/.]+)`\n\n)?^(````?)(\w+)\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
# Durations differ from run to run, and so does the order in which parallel jobs end.
SECONDS = re.compile(r"\d+\.\d\d s$", re.MULTILINE)
PROGRESS = re.compile(r"^\d+ of \d+: .*\n", re.MULTILINE)


def carried_out(page, folder, **variables):
    """Yield each command on a page, with the output shown there and the real output."""
    for path, _, kind, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        elif kind == "console":
            command, _, shown = text.partition("\n")
            arguments = shlex.split(command.removeprefix("$ grade "))
            yield command, shown, run(arguments, folder, variables)


def run(arguments, folder, variables):
    done = subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.stdout + done.stderr


def stripped(text):
    """Remove what differs from run to run."""
    lines = PROGRESS.sub("", SECONDS.sub("0.00 s", text.strip("\n"))).split("\n")
    return "\n".join(line.rstrip() for line in lines)


def update(page, folder, **variables):
    """Write the output of each command into the page."""
    text = page.read_text(encoding="utf-8")
    after = 0
    for command, shown, printed in carried_out(page, folder, **variables):
        old, new = f"{command}\n{shown}```", f"{command}\n{stripped(printed)}\n```"
        after = text.index(old, after)
        text = text[:after] + new + text[after + len(old) :]
        after += len(new)
    page.write_text(text, encoding="utf-8")
