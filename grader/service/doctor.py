"""Implements `grade doctor`, which shows what this machine can do."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.course import find_course
from grader.errors import GraderError
from grader.report_model import Isolation
from grader.sandbox.hints import REMEDIES
from grader.service import grading

PACKAGES = (
    "torch",
    "numpy",
    "pytest",
    "hypothesis",
    "pytest-timeout",
    "pytest-json-report",
    "msgspec",
    "typer",
    "rich",
)


def doctor(course: Path | None, console: Console) -> int:
    """Print versions, devices and isolation. Fail with exit code 3 if nothing can be graded here."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_row("python", f"{sys.version.split()[0]} ({sys.executable})")
    for name in PACKAGES:
        table.add_row(name, _version(name))
    try:
        found = find_course(course=course)
        table.add_row("course", f"{found.root} ({len(found.exercises)} exercises)")
    except GraderError as error:
        table.add_row("course", Text(error.found, "yellow"))
    console.print(table)
    with console.status("importing torch ..."):
        opened = grading.examine()
    devices = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for device, state in opened.devices.items():
        devices.add_row(
            device, "can be used here" if state == "judged" else state.replace("not judged", "not tested", 1)
        )
    console.print(devices)
    _isolation(opened.isolation, console)
    return 0


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing: install toeplitz-grader again"


def _isolation(found: Isolation, console: Console) -> None:
    console.print(Text.assemble("isolation  ", (found.tier, "bold")))
    layers = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for layer, how in found.active.items():
        layers.add_row(Text(f"  {layer}", "green"), how)
    for layer, why in found.missing.items():
        layers.add_row(Text(f"  {layer}", "yellow"), f"missing: {why}")
        if layer in REMEDIES:
            layers.add_row("", f"remedy: {REMEDIES[layer]}")
    for attempt, answer in found.self_test.items():
        layers.add_row(f"  {attempt}", answer)
    console.print(layers)
