"""The grader and the laboratory agree on which laboratory addresses are valid."""

import json
import re
import shutil
import subprocess

import pytest

from grader.reports import laboratory, link_syntax

READ = [
    "x=1,2,3&h=1,2",
    "x=1e-05,-0.5&h=3.0&op=conv&mode=circular",
    "x=1,2,3&h=1&stride=32&padding=16&dilation=8&fft=1024&at=0",
    "tab=2d&image=1,2;3,4&kernel=1&op2=conv&mode2=full&stride2=2,1&padding2=4&dilation2=3",
    "tab=cost&n=1048576&k=1",
    ",".join(["x=1", *["0"] * 63]),
]
UNREAD = [
    ",".join(["x=1", *["0"] * 64]),
    "x=",
    "x=1,,2",
    "x=1,nan",
    "h=1e13",
    "mode=causal",
    "op=2",
    "tab=3d",
    "stride=0",
    "stride=1.5",
    "stride=1,1",
    "padding=17",
    "image=1,2;3",
    "image=" + ";".join(["1"] * 13),
    "kernel=" + ",".join(["1"] * 9),
    "stride2=1,2,3",
    "padding2=0,5",
    "fft=1025",
    "n=0",
    "bias=1",
]


@pytest.mark.parametrize("fragment", READ)
def test_what_can_be_read_is_no_problem(fragment):
    """An address within the limits is accepted."""
    assert link_syntax.problem(fragment) is None


@pytest.mark.parametrize("fragment", UNREAD)
def test_what_cannot_be_read_is_named(fragment):
    """The part of an address that can't be read is returned as written."""
    assert link_syntax.problem(f"op=corr&{fragment}") == fragment


@pytest.mark.parametrize(
    ("fragment", "fits"),
    [
        ("x=1,2&h=1,2", True),
        ("x=1,2&h=1,2,3", False),
        ("x=1,2&h=1,2,3&padding=1", True),
        ("x=1,2&h=1,2&dilation=2", False),
        ("x=1,2&h=1,2,3&mode=full", True),
        ("tab=2d&image=1,2;3,4&kernel=1,2,3", False),
        ("tab=2d&image=1,2;3,4&kernel=1,2,3&padding2=0,1", True),
        ("tab=2d&image=1,2;3,4&kernel=1,2,3&padding2=1,0", False),
        ("tab=2d&image=1,2&kernel=1;2", False),
    ],
)
def test_a_kernel_that_fits_nowhere_is_told(fragment, fits):
    """In the mode that uses only valid windows, there must be at least one window."""
    assert link_syntax.problem(fragment) == (None if fits else "a kernel that fits nowhere")


def test_the_limits_are_those_of_the_page():
    """The table in `state.mjs` has the same limits for every key that the grader checks."""
    text = (laboratory.MODULES / "state.mjs").read_text(encoding="utf-8")
    table = re.search(r"LIMITS = \{(.*?)\n\};", text, re.DOTALL)[1]
    found = {
        key: tuple(eval(value) for value in values.split(","))
        for key, values in re.findall(r"(\w+): \[(.*?)\]", table)
    }
    assert link_syntax.LIMITS.items() <= found.items()


def test_the_page_judges_alike():
    """The laboratory rejects the same addresses as the grader."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed; `.ci/run` brings it with npm")
    code = (
        'import { read } from "./state.mjs";'
        f"console.log(JSON.stringify({json.dumps(READ + UNREAD)}.map(one => read('#' + one).notes.length)));"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-"],
        input=code,
        capture_output=True,
        text=True,
        cwd=laboratory.MODULES,
        check=True,
    )
    assert json.loads(done.stdout) == [0] * len(READ) + [1] * len(UNREAD)
