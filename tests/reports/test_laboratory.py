"""Test the laboratory's files: its script, built from modules, can do arithmetic without a page."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from grader.reports import laboratory

MODULES = sorted(laboratory.MODULES.glob("*.mjs"))
PURE = ("convolution", "fourier", "cost", "values", "cases", "state", "presets")


def node(code):
    """Run a short module alongside the laboratory's own modules and return its output."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed; `.ci/run` brings it with npm")
    done = subprocess.run(
        ["node", "--input-type=module", "-"],
        input=code,
        capture_output=True,
        text=True,
        check=False,
        cwd=laboratory.MODULES,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_asks_for_its_own_files_alone():
    """The page links only to files in its own folder, and to no other address."""
    found = laboratory.files()
    named = re.findall(r'(?:src|href)="([^"#]+)"', found["laboratory.html"])
    assert sorted(named) == sorted(set(found) - {"laboratory.html"})
    texts = "".join(found.values()).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon", texts)


def test_a_strict_policy_has_nothing_to_forbid():
    """The page has no inline scripts or styles and never creates any from text."""
    found = laboratory.files()
    assert not re.search(
        r"<style|<script(?! defer src)|\sstyle=|\son\w+=|javascript:", found["laboratory.html"]
    )
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function", found["laboratory.js"]
    )


def test_the_page_is_small():
    """The whole page is under 300 KB."""
    assert sum(len(text.encode()) for text in laboratory.files().values()) < 300_000


def test_the_colours_are_those_of_the_report():
    """The stylesheet begins with the report's colours for light and dark mode."""
    style = laboratory.files()["laboratory.css"]
    report = (laboratory.MODULES.parent.parent / "templates/report.css").read_text(encoding="utf-8")
    colours, _, own = style.partition(":root { --tap-l")
    assert report.startswith(colours)
    assert colours.count("--ink:") == colours.count("--p5:") == 2
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", own))
    script = laboratory.script()
    declared = set(re.findall(r"(--[a-z0-9-]+):", style)) | set(re.findall(r'"(--[a-z0-9-]+)"', script))
    assert used <= declared


def test_every_module_is_in_the_script_once():
    """Each module appears in the script once, after the modules that it needs, without import statements."""
    script = laboratory.script()
    starts = {}
    for path in MODULES:
        head = path.read_text(encoding="utf-8").partition("\n")[0]
        assert head.startswith("// ")
        assert script.count(head) == 1
        starts[path.stem] = script.index(head)
    for path in MODULES:
        for needed in re.findall(r'from "\./(\w+)\.mjs"', path.read_text(encoding="utf-8")):
            assert starts[needed] < starts[path.stem]
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


def test_modules_import_names_as_they_are():
    """No import renames anything, so each name in the script is the same as in its module."""
    imports = [
        one for path in MODULES for one in re.findall(r"import (.*?) from", path.read_text(encoding="utf-8"))
    ]
    assert len(imports) > 20
    assert [one for one in imports if not re.fullmatch(r"\{[ \w,]+\}", one) or " as " in one] == []


def test_no_name_is_declared_twice(tmp_path):
    """The whole script is valid; two modules that declare the same name would be a syntax error."""
    node("")
    for text, code in (
        (laboratory.script(), 0),
        (f"{laboratory.script()[:-2]}function slide() {{}}\n}}\n", 1),
    ):
        path = tmp_path / "laboratory.js"
        path.write_text(text, encoding="utf-8")
        assert (
            subprocess.run(["node", "--check", str(path)], capture_output=True, check=False).returncode
            == code
        )


@pytest.mark.parametrize("name", PURE)
def test_the_arithmetic_knows_no_page(name):
    """The arithmetic modules import only each other and use neither a document nor a window."""
    text = (laboratory.MODULES / f"{name}.mjs").read_text(encoding="utf-8")
    assert set(re.findall(r'from "\./(\w+)\.mjs"', text)) <= set(PURE)
    assert not re.search(r"\b(document|window|location|history|navigator)\b\.", text)


def test_the_arithmetic_runs_without_a_page():
    """Run in Node, the sliding window, the matrix and the transforms agree on the first case."""
    code = (
        'import { oneDimension, twoDimensions } from "./cases.mjs";'
        'import { DEFAULTS } from "./state.mjs";'
        "const [one, two] = [oneDimension(DEFAULTS), twoDimensions(DEFAULTS)];"
        "console.log(JSON.stringify([one.y, one.multiplied, one.throughRead.map(Math.round), two.y, two.multiplied]));"
    )
    y, multiplied, through, image, unrolled = json.loads(node(code))
    assert y == multiplied == through == [1, -1, -2]
    assert image == unrolled == [2, 3, 2, 3, 5, 3, 2, 3, 2]


def test_an_address_and_a_state_are_the_same():
    """Each preset's state stays the same when it is written to a URL and read back."""
    code = (
        'import { DEFAULTS, read, written } from "./state.mjs"; import { PRESETS } from "./presets.mjs";'
        "const states = Object.entries(PRESETS).flatMap(([tab, all]) => all.map(([, one]) => ({ ...DEFAULTS, tab, ...one })));"
        "const back = states.map(state => read('#' + written(state)));"
        "console.log(states.length, JSON.stringify(states) === JSON.stringify(back.map(one => one.state)),"
        " back.flatMap(one => one.notes).length);"
    )
    assert node(code).split() == ["20", "true", "0"]


def test_the_light_command_line_stays_light():
    """The files are assembled without torch and without a template engine."""
    code = "import sys; from grader.reports import laboratory; laboratory.files(); print([m for m in ('torch', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
