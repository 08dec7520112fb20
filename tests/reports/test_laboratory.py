"""Test the laboratory's files: its script, built from modules, can do arithmetic without a page."""

import json
import re
import shutil
import subprocess
import sys

import measurements
import pytest

from grader.reports import laboratory, measure_units, report_json

MODULES = sorted(laboratory.MODULES.glob("*.mjs"))
PURE = ("convolution", "fourier", "cost", "values", "cases", "state", "presets", "measured")


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


def in_the_page(text):
    """Return what the laboratory reads from a measurement's text: `found` or `problem`."""
    code = f'import {{ measurementIn }} from "./measured.mjs"; console.log(JSON.stringify(measurementIn({json.dumps(text)})));'
    return json.loads(node(code))


def written(measured, **fields):
    """Return the text that `grade measure --json` writes, with some fields replaced."""
    return json.dumps(json.loads(report_json.to_json(measured)) | fields)


def test_a_measurement_is_read_as_it_was_written():
    """Names, sizes and seconds in the laboratory are exactly those that `grade measure --json` wrote."""
    measured = measurements.crossing()
    found = in_the_page(report_json.to_json(measured).decode())["found"]
    assert [
        (one["name"], [(point["size"], point["seconds"]) for point in one["points"]])
        for one in found["contenders"]
    ] == [(one.name, [(point.size, point.seconds) for point in one.points]) for one in measured.contenders]
    assert [found["exercise"], found["device"], found["size"], found["doubt"]] == [
        "via_matrix",
        "cpu",
        "the length of the signal",
        "",
    ]


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"agrees": True}, ""),
        (
            {"agrees": False},
            "Wrong at n = 64: your result differs from the reference, so these times mean nothing.",
        ),
        (
            {"compared": None},
            "Your result was not compared with the reference: it may be wrong, and then these times mean nothing.",
        ),
    ],
)
def test_a_wrong_result_is_named(fields, doubt):
    """The laboratory says if the measured function's result was wrong or not compared."""
    assert in_the_page(written(measurements.crossing(), **fields))["found"]["doubt"] == doubt


def one(**fields):
    """Return a contender with one point, some fields replaced."""
    return {"name": "yours", "points": [{"size": 4, "seconds": 0.5}]} | fields


def only(*points):
    return {"format": 1, "contenders": [one(points=list(points))]}


MANY = [{"size": size, "seconds": 1} for size in range(1, 66)]
WRONG = {
    "": "it is empty",
    "Dear all,\nhello": "it isn't JSON; it begins with “Dear all, hello”",
    "[1, 2]": "it holds a list; expected a measurement",
    "null": "it holds null; expected a measurement",
    "{}": "its “format” is missing; expected 1",
    '{"format": 2}': "its “format” is 2; expected 1",
    '{"format": "1"}': 'its “format” is "1"; expected 1',
    '{"format": 1, "exercises": []}': "its “contenders” are missing; expected a list of measured functions",
    '{"format": 1, "contenders": {}}': "its “contenders” are an object; expected a list of measured functions",
    '{"format": 1, "contenders": []}': "it has 0 contenders; expected 1 to 12",
    json.dumps({"format": 1, "contenders": [one()] * 13}): "it has 13 contenders; expected 1 to 12",
    json.dumps({"format": 1, "contenders": [one(), 7]}): "contenders[1] is 7; expected a measured function",
    json.dumps(
        {"format": 1, "contenders": [one(name=" \x07 ")]}
    ): 'contenders[0].name is " \\u0007 "; expected a name',
    json.dumps(
        {"format": 1, "contenders": [one(points=True)]}
    ): "contenders[0].points is true; expected a list",
    json.dumps(only()): "no contender has a point; expected one measured size or more",
    json.dumps(only(*MANY)): "contenders[0] has 65 points; expected up to 64",
    json.dumps(only(None)): "contenders[0].points[0] is null; expected a size and its seconds",
    json.dumps(
        only({"size": 0, "seconds": 1})
    ): "contenders[0].points[0].size is 0; expected a positive whole number",
    json.dumps(
        only({"size": 1.5, "seconds": 1})
    ): "contenders[0].points[0].size is 1.5; expected a positive whole number",
    json.dumps(
        only({"size": "8", "seconds": 1})
    ): 'contenders[0].points[0].size is "8"; expected a positive whole number',
    json.dumps(
        only(*MANY[:2], MANY[0])
    ): "contenders[0].points[2].size is 1, after 2; expected growing sizes",
    json.dumps(only({"size": 1})): "contenders[0].points[0].seconds is missing; expected a positive number",
    json.dumps(
        only({"size": 1, "seconds": 0})
    ): "contenders[0].points[0].seconds is 0; expected a positive number",
    json.dumps(
        only({"size": 1, "seconds": -2})
    ): "contenders[0].points[0].seconds is -2; expected a positive number",
    '{"format": 1, "contenders": [{"name": "f", "points": [{"size": 1, "seconds": 1e999}]}]}': (
        "contenders[0].points[0].seconds is Infinity; expected a positive number"
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_measurement_is_refused(text):
    """A file that isn't a measurement is refused with what it has and what was expected."""
    assert in_the_page(text) == {"problem": WRONG[text]}


def test_the_largest_measurement_is_read():
    """Twelve contenders with 64 points each are read."""
    text = json.dumps({"format": 1, "contenders": [one(points=MANY[:64])] * 12})
    assert [len(each["points"]) for each in in_the_page(text)["found"]["contenders"]] == [64] * 12


def test_strange_texts_are_cut_to_one_line():
    """Names and sentences lose control characters and marks of direction, and are cut."""
    found = in_the_page(report_json.to_json(measurements.hostile()).decode())["found"]
    names = [each["name"] for each in found["contenders"]]
    assert names[1] == "<script>alert(1)</script> & [31m a long…"
    texts = [found["size"], *names, *(each["says"] for each in found["contenders"])]
    assert max(map(len, texts)) == 200
    assert all(each.isprintable() for each in texts)
    code = 'import { legible } from "./measured.mjs"; console.log(JSON.stringify([legible("a\\u202eb\\ud800c"), legible(7)]));'
    assert json.loads(node(code)) == ["a b c", ""]


def test_times_are_those_of_the_terminal():
    """A time in the laboratory has the number and the unit that the terminal shows."""
    times = [digit * 10.0**power for power in range(-9, 3) for digit in (1, 1.2345, 9.994, 9.996)]
    code = f'import {{ timeText }} from "./measured.mjs"; console.log(JSON.stringify({json.dumps(times)}.map(timeText)));'
    assert json.loads(node(code)) == [measure_units.time(each).replace("us", "µs") for each in times]


def test_the_light_command_line_stays_light():
    """The files are assembled without torch and without a template engine."""
    code = "import sys; from grader.reports import laboratory; laboratory.files(); print([m for m in ('torch', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
