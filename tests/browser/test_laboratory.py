"""The laboratory in a real browser: numbers are right, keys reach everything, no network is used."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import laboratory_cases as cases
import measurements
import numpy as np
import pytest
from browsers import SCHEMES, VIEWS, check_accessible, messages, running
from references import formulas

from grader.reports import laboratory, measure_units, report_json

# Each test opens pages in a browser, which takes some seconds.
pytestmark = pytest.mark.slow
TABS = ("1d", "2d", "cost")
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
structure = formulas("structure")

# Follow an address inside the page, as a link does, and read all numbers that the page then shows.
READ = """fragment => new Promise(done => {
  const texts = (selector, root = document) => [...root.querySelectorAll(selector)].map(one => one.textContent);
  const rows = id => [...document.querySelectorAll(`#${id} tbody tr`)].map(row => texts("td", row));
  const read = () => ({
    hash: location.hash,
    notes: document.querySelector("#notes").hidden ? "" : document.querySelector("#notes").textContent,
    ...Object.fromEntries("T Tx Ty twice followed spectra-table Y T2 T2y counts".split(" ").map(id => [id, rows(id)])),
    ...Object.fromEntries("x h fx fh fp fy w z".split(" ").map(id =>
      [`${id}-bars`, texts(`#${document.getElementById(`${id}-bars`) ? `${id}-bars` : id} .number`)])),
    moved: texts("#moved .number"), answers: texts("#answers .number"),
    lanes: [...document.querySelectorAll(".lane")].map(one => texts("span", one)),
    places: [...document.querySelectorAll(".lane")].map(one =>
      [...one.children].map(tile => Number(tile.style.getPropertyValue("--at")))),
    colours: ["image", "kernel"].map(id =>
      [...document.querySelectorAll(`#${id} input`)].map(one => one.parentNode.className)),
    heads: texts("#T2 thead th"),
    image: [...document.querySelectorAll("#image input")].map(one => one.value),
    kernel: [...document.querySelectorAll("#kernel input")].map(one => one.value),
    ...Object.fromEntries("sum sum2 bin-sum fft-text weights weights2 crossover fold-text shift-says n-text k-text w-count z-count"
      .split(" ").map(id => [id, document.getElementById(id).textContent])),
  });
  addEventListener("hashchange", () => done(read()), { once: true });
  location.hash = fragment;
})"""


@pytest.fixture(scope="module")
def browser():
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("laboratory")
    for name, text in laboratory.files().items():
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, folder):
    """Return a function that opens the page from its folder. The page may load files there, and must log no errors."""
    contexts, asked, complaints = [], [], []

    def open_page(fragment="", width=1280, scheme="light", **fields):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **fields)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{(folder / 'laboratory.html').as_uri()}#{fragment}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {one.partition("#")[0] for one in asked} <= {
        (folder / name).as_uri() for name in laboratory.files()
    }
    assert complaints == []


@pytest.fixture
def file_of(tmp_path):
    """Return a function that writes a measurement as `grade measure --json` does, and returns the file."""

    def file_of(measured, name="m.json"):
        path = tmp_path / name
        path.write_bytes(report_json.to_json(measured))
        return path

    return file_of


def chosen(page, path):
    """Choose a file of measured times, and return what the page then says about it."""
    says = page.locator("#measured-says")
    page.get_by_label("Measured times (grade measure --json)").set_input_files(path)
    says.filter(has_text=path.name).wait_for()
    return says.text_content()


def agree(texts, values):
    """Return whether the displayed numbers equal the correct ones, to the number of digits displayed."""
    texts, values = np.asarray(texts, dtype=object), np.asarray(values, dtype=float)
    if texts.size == values.size == 0:
        return True
    assert texts.shape == values.shape
    found = texts.astype(float)
    scale = np.abs(values).max()
    digits = np.where(np.abs(values) >= 1000, 5, 3)
    unit = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(values), 1e-300))) - digits)
    near = np.abs(found - values) <= 0.5001 * unit + 1e-9 * scale
    nothing = (np.abs(values) <= 1e-9 * scale) == (found == 0)
    return bool((near & nothing).all())


def joined(values):
    return ",".join(map(str, values))


@pytest.mark.parametrize("count", [24, pytest.param(200, marks=pytest.mark.nightly)])
def test_signals_are_right(opened, count):
    """For 200 signals over all modes, y, T, both spectra, folds and shifts equal those of torch and NumPy."""
    page = opened()
    page.locator("#spectra-table summary").click()
    for x, h, axis, fft, shift in cases.signals_drawn(count):
        fragment = f"x={joined(x)}&h={joined(h)}&op={axis.op}&mode={axis.mode}&stride={axis.stride}"
        fragment += f"&padding={axis.padding}&dilation={axis.dilation}&shift={shift}&at=1&bin=2"
        fragment += f"&fft={fft}" if fft else ""
        shown = page.evaluate(READ, fragment)
        assert shown["notes"] == ""
        y = cases.slid(x, h, axis)
        matrix = cases.matrix_of(lambda unit, h=h, axis=axis: cases.slid(unit, h, axis), len(x))
        assert agree(shown["x-bars"], x), fragment
        assert agree(shown["h-bars"], h), fragment
        assert agree(shown["lanes"][2], y), fragment
        assert agree(shown["T"], matrix), fragment
        assert agree([row[0] for row in shown["Tx"]], x), fragment
        assert agree([row[0] for row in shown["Ty"]], matrix @ np.array(x)), fragment
        assert shown["weights"].startswith(
            f"{len(y)} × {len(x)} = {len(y) * len(x)} entries, made of {len(h)} weight"
        )
        if len(y):
            at = min(1, len(y) - 1)
            assert agree([shown["sum"].rpartition("= ")[2]], [y[at]]), fragment
            assert agree([_summed(shown["sum"])], [y[at]]), fragment
            assert shown["lanes"][1] == shown["h-bars"]
            assert agree([_under_the_window(shown)], [y[at]]), fragment
            assert shown["places"][2] == [i * axis.stride for i in range(len(y))]
        _check_fourier(shown, x, h, axis, fft, y)
        _check_shift(shown, x, h, axis, shift, y)


def _summed(sentence):
    """Return the sum of the products in a sentence `y[0] = ... = 1·3 + (-1)·2 = 1`."""
    products = sentence.split(" = ")[-2].split(" + ")
    return sum(np.prod([float(one.strip("()")) for one in each.split("·")]) for each in products)


def _under_the_window(shown):
    """Return the sum of the taps times the samples drawn below them."""
    samples = dict(zip(shown["places"][0], map(float, shown["lanes"][0]), strict=True))
    taps = zip(shown["places"][1], map(float, shown["lanes"][1]), strict=True)
    return sum(samples[place] * tap for place, tap in taps)


def _under_the_kernel(shown):
    """Return the sum of the pixels times the weights of the same colour."""
    pixels, weights = shown["colours"]
    values = dict(zip(weights, map(float, shown["kernel"]), strict=True))
    painted = zip(pixels, map(float, shown["image"]), strict=True)
    return sum(values[colour] * value for colour, value in painted if colour)


def _check_fourier(shown, x, h, axis, fft, y):
    w, signal, taps, first = cases.whole(x, h, axis)
    usual = 1
    while usual < len(w):
        usual *= 2
    size = len(x) if axis.mode == "circular" else min(max(fft or usual, len(signal), len(taps)), 2 * usual)
    assert shown["fft-text"] == f"{size} place{'' if size == 1 else 's'}"
    fx, fh = np.fft.fft(signal, size), np.fft.fft(cases.folded(taps, size))
    sides = [np.abs(fx), np.abs(fh), np.abs(fx * fh), np.abs(np.fft.fft(cases.folded(w, size)))]
    table = np.array(shown["spectra-table"], dtype=object)
    for column, values in enumerate(sides):
        assert agree(table[:, column], values), (x, h, axis, column)
        assert size > 10 or agree(shown[f"{['fx', 'fh', 'fp', 'fy'][column]}-bars"], values)
    place = min(2, size - 1)
    said = shown["bin-sum"].split(" = ")
    assert said[1].startswith(f"{place}: ")
    assert agree([*said[2].split(" · "), said[3].split(",")[0], said[4]], [one[place] for one in sides])
    back = cases.folded(w, size)
    assert [shown["w-count"], shown["z-count"]] == [str(len(w)), str(size)]
    assert len(w) > 16 or agree(shown["w-bars"], w)
    assert size > 16 or agree(shown["z-bars"], back)
    through = [back[(first + i * axis.stride) % size] for i in range(len(y))]
    assert agree(shown["twice"], [y, through])
    wrong = int((np.abs(y - through) > 1e-9).sum())
    said = shown["fold-text"]
    if axis.mode == "circular":
        assert f"A ring of {size} places" in said
    elif wrong:
        assert (
            f" {wrong} of {len(y)} entries of y {'is' if wrong == 1 else 'are'} wrong; {len(w)} places"
            in said
        )
    else:
        assert f"All {len(w)} entries fit" in said if len(w) <= size else "y is still right" in said


def _check_shift(shown, x, h, axis, shift, y):
    places = shift * axis.stride
    signal = cases.moved(np.array(x, dtype=float), places, axis)
    answers, follows = cases.slid(signal, h, axis), cases.moved(y, shift, axis) if len(y) else y
    assert agree(shown["moved"], signal)
    assert len(y) > 16 or agree(shown["answers"], answers)
    assert agree(shown["followed"], [answers, follows])
    same = int((np.abs(answers - follows) <= 1e-9).sum())
    told = (
        f"All {len(y)} entries are the same" if same == len(y) else f"{same} of {len(y)} entries are the same"
    )
    assert told in shown["shift-says"], (x, h, axis, shift)


@pytest.mark.parametrize("count", [16, pytest.param(80, marks=pytest.mark.nightly)])
def test_images_are_right(opened, count):
    """For 80 images over all modes, the image, the kernel, the output and the matrix are correct."""
    page = opened("tab=2d")
    for image, kernel, axes in cases.images_drawn(count):
        rows, taps = (";".join(map(joined, one)) for one in (image, kernel))
        pairs = {
            name: joined(getattr(axis, name) for axis in axes) for name in ("stride", "padding", "dilation")
        }
        fragment = f"tab=2d&image={rows}&kernel={taps}&op2={axes[0].op}&mode2={axes[0].mode}&at2=1"
        fragment += "".join(f"&{name}2={value}" for name, value in pairs.items())
        shown = page.evaluate(READ, fragment)
        assert shown["notes"] == ""
        output = cases.slid_2d(image, kernel, axes)
        matrix = cases.matrix_of(lambda x, k=kernel, a=axes: cases.slid_2d(x, k, a), *np.shape(image))
        assert agree(shown["image"], np.ravel(image)), fragment
        assert agree(shown["kernel"], np.ravel(kernel)), fragment
        assert agree(shown["heads"], np.ravel(image)), fragment
        assert agree(shown["Y"], output), fragment
        assert agree(shown["T2"], matrix), fragment
        assert agree([row[0] for row in shown["T2y"]], output.ravel()), fragment
        entries = (
            f"{matrix.shape[0]} × {matrix.shape[1]} = {matrix.size} entries, made of {np.size(kernel)} weight"
        )
        assert shown["weights2"].startswith(entries)
        if output.size:
            value = output.ravel()[min(1, output.size - 1)]
            assert agree([shown["sum2"].rpartition("= ")[2], _summed(shown["sum2"])], [value] * 2), fragment
            many = any("many" in one for one in shown["colours"][0])
            assert many or agree([_under_the_kernel(shown)], [value]), fragment


def test_costs_are_right(opened):
    """For 44 pairs of lengths, the counts and the length from which the FFT is cheaper are correct."""
    page = opened("tab=cost")
    for n, k in cases.costs_drawn(40):
        shown = page.evaluate(READ, f"tab=cost&n={n}&k={k}&x={n}")
        counts = [structure.products(n, k, method) for method in structure.METHODS]
        assert [int("".join(row[0].split())) for row in shown["counts"]] == counts
        best = structure.METHODS.index(structure.cheapest(n, k))
        beside = [row[1] for row in shown["counts"]]
        assert beside[best] == "the least"
        others = [i for i in range(3) if i != best]
        assert [float(beside[i].rstrip(" ×")) for i in others] == pytest.approx(
            [counts[i] / counts[best] for i in others], rel=5.1e-3
        )
        assert shown["crossover"].replace("\u202f", "") == _crossing(n, max(n, k))


def _crossing(n, most):
    pays = [structure.cheapest(n, k) == "fft" for k in range(1, most + 1)]
    samples = f"With {n} sample{'' if n == 1 else 's'}"
    if not any(pays):
        return f"{samples} the FFT takes more products than the direct method for every kernel of up to {most} taps."
    first = pays.index(True) + 1
    text = f"{samples} the FFT takes the fewest products from {first} taps on"
    if all(pays[first - 1 :]):
        return f"{text}."
    always = most - pays[::-1].index(False) + 1
    if always > most:
        return f"{text}, but not for every longer kernel: its cost jumps at each new power of two."
    return (
        f"{text}, and for all longer kernels only from {always} on: its cost jumps at each new power of two."
    )


# The marks of each curve and the labels of both axes, with their places in the plot.
PLOTTED = """() => {
  const place = node => node.getAttribute("transform").match(/[-\\d.]+/g).map(Number);
  const texts = [...document.querySelectorAll("#measured-chart text:not(.name)")];
  return {
    curves: [...document.querySelectorAll("#measured-legend li")].map((_, i) =>
      [...document.querySelectorAll(`#measured-chart .point-${i}`)].slice(0, -1).map(place)),
    times: texts.filter(one => one.getAttribute("text-anchor") === "end").map(one => [one.textContent, Number(one.getAttribute("y")) - 4]),
    sizes: texts.filter(one => /^[\\d\\s]+$/.test(one.textContent)).map(one => [one.textContent, Number(one.getAttribute("x"))]),
  };
}"""
IN_SECONDS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}


@pytest.mark.parametrize("width", [390, 1440])
def test_measured_times_are_those_of_the_file(opened, file_of, width):
    """The table has every time of the file, and each mark lies where both logarithmic axes put its numbers."""
    measured = measurements.crossing()
    page = opened("tab=cost", width=width)
    assert chosen(page, file_of(measured)) == (
        "m.json: via_matrix on cpu, 3 functions. n is the length of the signal."
    )
    every = [{point.size: point.seconds for point in one.points} for one in measured.contenders]
    rows = page.locator("#measured-times tbody tr").evaluate_all(
        "all => all.map(row => [...row.children].map(cell => cell.textContent))"
    )
    assert page.locator("#measured-times thead tr > *").all_text_contents() == [
        "n",
        "yours",
        "reference",
        "the FFT",
    ]
    assert [int("".join(row[0].split())) for row in rows] == measurements.LONG
    assert [row[1:] for row in rows] == [
        [measure_units.time(one[size]).replace("us", "µs") if size in one else "–" for one in every]
        for size in measurements.LONG
    ]
    plotted = page.evaluate(PLOTTED)
    numbers = [
        (float(value) * IN_SECONDS[unit], y) for text, y in plotted["times"] for value, unit in [text.split()]
    ]
    across = _line([(int("".join(text.split())), x) for text, x in plotted["sizes"]])
    up = _line(numbers)
    for own, curve in zip(every, plotted["curves"], strict=True):
        right = [[across(size), up(seconds)] for size, seconds in own.items()]
        assert np.abs(np.array(curve) - right).max() < 0.11


def _line(ticks):
    """Return the place of a number on a logarithmic axis, from the labels of its ticks."""
    assert len(ticks) > 2
    values, places = np.array(ticks).T
    slope, start = np.polyfit(np.log10(values), places, 1)
    assert np.abs(start + slope * np.log10(values) - places).max() < 0.1
    return lambda value: start + slope * np.log10(value)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_measured_curves_differ_without_their_colour(opened, file_of, scheme):
    """Each of twelve curves has its own dash, its own mark and its name; lines have a contrast of 3, names don't overlap."""
    page = opened("tab=cost", scheme=scheme)
    rivals = [measurements.contender(f"f{i}", lambda n, i=i: (1e-6 + 1e-8 * i) * n) for i in range(12)]
    chosen(page, file_of(measurements.measurement(*rivals)))
    found = page.evaluate(
        """() => {
          const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const light = colour => {
            pixel.fillStyle = colour; pixel.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...pixel.getImageData(0, 0, 1, 1).data].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = light(getComputedStyle(document.body).backgroundColor);
          const samples = [...document.querySelectorAll("#measured-legend svg")];
          return {
            dashes: samples.map(one => getComputedStyle(one.querySelector(".curve")).strokeDasharray),
            marks: samples.map(one => one.querySelector(".point")).map(one => one.getAttribute("d") + one.matches(".open")),
            contrasts: samples.map(one => light(getComputedStyle(one.querySelector(".curve")).stroke)).map(
              one => (Math.max(one, ground) + 0.05) / (Math.min(one, ground) + 0.05)),
            names: [...document.querySelectorAll("#measured-chart .name")].map(one => [one.textContent, one.getBoundingClientRect().y]),
            bottom: document.querySelector("#measured-chart").getBoundingClientRect().bottom,
          };
        }"""
    )
    assert len(set(found["dashes"])) == len(set(found["marks"])) == 12
    assert min(found["contrasts"]) >= 3
    assert sorted(name for name, _ in found["names"]) == sorted(f"f{i}" for i in range(12))
    heights = sorted(y for _, y in found["names"])
    assert min(np.diff(heights)) >= 14
    assert heights[-1] < found["bottom"] - 40


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (768, "light"), (1440, "light"), (1440, "dark")]
)
def test_measured_curves_fit(opened, file_of, width, scheme):
    """At each width, in dark and light mode, strange names are only text, nothing overflows and axe passes."""
    page = opened("tab=cost", width, scheme, bypass_csp=True)
    said = chosen(page, file_of(measurements.hostile()))
    assert said.startswith("m.json: <script>alert(1)</script> & [31m a long… on <script>")
    assert (
        page.locator("#measured-legend li").count() == page.locator("#measured-times thead th").count() == 12
    )
    assert page.locator("#panel-cost script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for touched in (".file", "#measured", "#measured-remove"):
        box = page.locator(touched).bounding_box()
        assert min(box["width"], box["height"]) >= 44
    check_accessible(page)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.locator("#measured-chart svg").bounding_box()["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_one_measured_point_is_drawn(opened, file_of):
    """A single size stands in the middle of its plot, with its number below it."""
    page = opened("tab=cost")
    chosen(page, file_of(measurements.measurement(measurements.yours(lambda n: 1e-3 * n, [6]))))
    assert page.locator("#measured-times tbody").inner_text() == "6\t6 ms"
    plotted = page.evaluate(PLOTTED)
    [[[x, _]]] = plotted["curves"]
    assert plotted["sizes"] == [["6", pytest.approx(x, abs=0.1)]]


def test_a_wrong_file_leaves_the_measured_curves(opened, file_of, tmp_path):
    """A file that isn't a measurement is named with what is wrong; the curves stay those of the last measurement."""
    page = opened("tab=cost")
    wrong = tmp_path / "report.json"
    wrong.write_text('{"format": 1, "exercises": []}', encoding="utf-8")
    problem = (
        "report.json can't be shown: its “contenders” are missing; expected a list of measured functions. "
        "Choose a file that grade measure EXERCISE --json FILE wrote."
    )
    assert chosen(page, wrong) == problem
    assert not page.locator("#measured-shown").is_visible()
    assert not page.locator("#measured-remove").is_visible()
    chosen(page, file_of(measurements.crossing()))
    assert chosen(page, wrong) == f"{problem} The curves are still those of m.json."
    assert page.locator("#measured-times tbody tr").count() == len(measurements.LONG)
    large = tmp_path / "large.json"
    large.write_text(" " * 1_000_001, encoding="utf-8")
    assert chosen(page, large).startswith(
        "large.json can't be shown: it has 1\u202f000\u202f001 bytes; expected up to 1\u202f000\u202f000."
    )
    chosen(page, file_of(measurements.measurement(measurements.yours(float, [1, 2])), "two.json"))
    assert page.locator("#measured-times tbody tr").count() == 2


def test_the_file_chosen_last_is_shown(opened, file_of):
    """A file that is read slowly doesn't replace one that was chosen after it."""
    page = opened("tab=cost")
    page.evaluate(
        """() => {
          const { text } = Blob.prototype;
          File.prototype.text = async function () {
            if (this.name === "slow.json") await new Promise(done => (window.goOn = done));
            return text.call(this);
          };
        }"""
    )
    slow = file_of(measurements.crossing(), "slow.json")
    page.locator("#measured").set_input_files(slow)
    quick = measurements.measurement(measurements.yours(float, [1, 2]))
    said = chosen(page, file_of(quick, "quick.json"))
    page.evaluate("goOn()")
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    assert page.locator("#measured-says").text_content() == said
    assert page.locator("#measured-times tbody tr").count() == 2


def test_keys_alone_choose_and_remove_measured_times(opened, file_of):
    """Enter opens the choice of a file and removes its curves; the address never has them."""
    page = opened("tab=cost&n=64")
    # From now on playwright waits for choices; otherwise it may begin only after the key.
    page.on("filechooser", lambda _: None)
    page.locator("#link-cost").focus()
    for size in (2, 3):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "measured"
        path = file_of(measurements.measurement(measurements.yours(float, list(range(1, size + 1)))))
        with page.expect_file_chooser() as choice:
            page.keyboard.press("Enter")
        choice.value.set_files(path)
        # The same name again: a second measurement replaces the first.
        page.locator(f"#measured-times tbody tr:nth-child({size})").wait_for()
        page.locator("#link-cost").focus()
    page.locator("#n").fill("128")
    page.wait_for_url(lambda address: address.endswith("#tab=cost&n=128"))
    assert page.locator("#measured-chart .curve").count() == 1
    page.locator("#measured").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "measured-remove"
    page.keyboard.press("Enter")
    assert page.locator("#measured-says").text_content() == "The measured times are removed."
    assert not page.locator("#measured-shown").is_visible()
    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == ["measured", ""]
    assert page.evaluate("location.hash") == "#tab=cost&n=128"


def test_dragging_a_bar_changes_the_outputs(opened):
    """A dragged bar follows the mouse, and changes y, the matrix product, the spectra and the address."""
    page = opened()
    before = page.locator("#Ty tbody").inner_text()
    plot = page.locator("#x-bars .plot").nth(0).bounding_box()
    page.mouse.move(plot["x"] + plot["width"] / 2, plot["y"] + plot["height"] / 2)
    page.mouse.down()
    page.mouse.move(plot["x"] + 200, plot["y"] + plot["height"] * 0.1, steps=4)
    page.mouse.up()
    assert page.locator("#x-bars .number").all_text_contents() == ["8", "7", "2", "8", "4"]
    assert page.locator("#Ty tbody td").all_text_contents() == ["6", "-1", "-2"] != before
    assert page.locator("#fx .number").first.text_content() == "29"
    page.wait_for_url(lambda address: address.endswith("#x=8,7,2,8,4"))
    assert page.locator("#x").input_value() == "8, 7, 2, 8, 4"


def test_a_cell_of_the_image_can_be_dragged_and_typed(opened):
    """A cell follows the mouse up and down; typed numbers are applied, half-typed ones are ignored."""
    page = opened("tab=2d")
    cell = page.locator("#image input").first
    box = cell.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, box["y"] - 26, steps=3)
    page.mouse.up()
    assert cell.input_value() == "3"
    page.locator("#kernel input").first.fill("-2")
    assert page.locator("#Y td").first.text_content() == "-4"
    page.locator("#kernel input").first.press("ArrowUp")
    assert page.locator("#Y td").first.text_content() == "-1"
    page.locator("#kernel input").first.fill("")
    assert page.locator("#Y td").first.text_content() == "-1"
    page.locator("#kernel input").first.blur()
    assert page.locator("#kernel input").first.input_value() == "-1"


@pytest.mark.parametrize("tab", TABS)
def test_the_keyboard_reaches_everything(opened, tab):
    """Tab reaches every control, and each control has a name."""
    page = opened(f"tab={tab}", width=320)
    wanted = page.evaluate(
        """() => {
          let count = 0;
          const all = document.querySelectorAll("main :is(a, button, input, select, summary, [role=slider])");
          const there = [...all].filter(one => one.getClientRects().length && !one.disabled
            && !(one.type === "radio" && !one.checked) && !(one.role === "tab" && one.ariaSelected === "false"));
          there.forEach(one => (one.dataset.wanted = ++count));
          return count;
        }"""
    )
    reached = set()
    for _ in range(wanted + 40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("Number(document.activeElement.dataset.wanted || 0)"))
    assert reached >= set(range(1, wanted + 1))
    assert wanted >= 7


def test_keys_alone_change_bars(opened):
    """Arrow keys, page keys, Home and End move a bar, and a screen reader is told the new value."""
    page = opened()
    bar = page.get_by_role("slider", name="x[0]")
    bar.focus()
    values = []
    for key in (
        "ArrowUp",
        "ArrowRight",
        "ArrowDown",
        "ArrowLeft",
        "PageUp",
        "PageDown",
        "Home",
        "End",
        "ArrowUp",
    ):
        page.keyboard.press(key)
        values.append(bar.get_attribute("aria-valuenow"))
    assert values == ["4", "5", "4", "3", "8", "3", "-10", "10", "10"]
    assert page.locator("#Ty tbody td").first.text_content() == "8"
    assert page.evaluate("document.activeElement.ariaLabel") == "x[0]"


def test_keys_choose_tabs_and_outputs(opened):
    """Arrow keys move between tabs and between outputs."""
    page = opened()
    page.locator("#tab-1d").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-2d"
    assert page.locator("#panel-2d").is_visible()
    page.keyboard.press("Home")
    page.locator("#at").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#sum").text_content().startswith("y[1] = ")
    assert page.locator("#T tr.current th").text_content() == "1"


def test_a_weight_is_shown_alone(opened):
    """Pressing a weight colours only its own diagonal; pressing it again colours all."""
    page = opened()
    chip = page.get_by_role("button", name="h[1] = 0")
    chip.click()
    assert page.locator("#T td.tap").count() == 3
    assert page.locator("#T td.dim").count() == 6
    chip.click()
    assert page.locator("#T td.tap").count() == 9


def test_each_weight_has_one_colour_on_its_diagonal(opened):
    """All entries of a weight have one colour and lie on one diagonal; no other weight has that colour."""
    page = opened("x=1,2,3,4,5,6,7&h=1,2,3,4")
    found = page.evaluate(
        """() => [...document.querySelectorAll("#T tbody tr")].flatMap((row, i) => [...row.querySelectorAll("td")].flatMap(
          (cell, j) => cell.matches(".tap") ? [[j - i, getComputedStyle(cell).backgroundColor]] : []))"""
    )
    assert (
        len(set(map(tuple, found)))
        == len({place for place, _ in found})
        == len({colour for _, colour in found})
        == 4
    )


def test_play_walks_through_the_outputs(opened):
    """Play moves the window and stops at the last output."""
    page = opened("x=1,2,3&h=1,2")
    page.clock.install()
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1000)
    assert page.locator("#at-text").text_content() == "y[1]"
    page.clock.run_for(1000)
    assert page.locator("#play").text_content() == "Play"
    assert page.locator("#at-text").text_content() == "y[1]"


def test_the_address_is_the_case(opened):
    """The address alone restores the case; an unknown part is reported and ignored."""
    page = opened("tab=2d&image=1,2;3,4&kernel=1&stride2=2,1&mode2=full")
    assert page.evaluate(READ, "x=1,2.5,-3e0&h=2&mode=full&shift=0")["Ty"] == [["2"], ["5"], ["-6"]]
    page.locator("#stride").fill("2")
    page.wait_for_url(lambda address: address.endswith("#x=1,2.5,-3&h=2&mode=full&stride=2&shift=0"))
    again = opened(page.evaluate("location.hash.slice(1)"))
    assert again.locator("#Ty tbody td").all_text_contents() == ["2", "-6"]
    assert page.locator("#link-1d").get_attribute("href") == page.evaluate("location.hash")
    notes = page.evaluate(READ, "x=1,a&mode=some&y=3&at=-1&stride=1.5&h=5")["notes"]
    assert notes == (
        "The address has x=1,a; expected 1 to 64 numbers with commas between them. "
        "The address has mode=some; expected one of valid, full, same, circular. "
        "The address has “y”, which the laboratory doesn't know. "
        "The address has at=-1; expected a whole number from 0 to 10000. "
        "The address has stride=1.5; expected a whole number from 1 to 32."
    )
    assert page.locator("#h").input_value() == "5"
    assert page.locator("#x").input_value() == "3, 7, 2, 8, 4"


def test_what_cannot_be_read_is_said(opened):
    """A field without readable numbers shows an error, and the figures stay unchanged."""
    page = opened()
    page.locator("#x").fill("1, 2, three")
    assert "x is “1, 2, three”; expected 1 to 64 numbers" in page.locator("#notes").text_content()
    assert page.locator("#Tx tbody td").all_text_contents() == ["3", "7", "2", "8", "4"]
    page.locator("#x").blur()
    assert page.locator("#x").input_value() == "3, 7, 2, 8, 4"
    assert not page.locator("#notes").is_visible()


def test_the_tail_stands_on_the_front(opened):
    """Values that don't fit into the transform are stacked on the first bars at their full height."""
    page = opened()
    page.locator("#preset-1d").select_option("The tail folds back")
    sizes = page.locator("#z-bars .column").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('.plot > *')].map(part => parseFloat(part.style.getPropertyValue('--tall')) || 0))"
    )
    unit = 100 / 12
    assert [bar for bar, _ in sizes] == pytest.approx(
        [1 * unit, 2 * unit, 5 * unit, 8 * unit, 11 * unit], abs=0.01
    )
    assert [tail for _, tail in sizes] == pytest.approx([8 * unit, 10 * unit, 0, 0, 0], abs=0.01)
    assert page.locator("#z-bars .ghost").evaluate_all("all => all.filter(one => !one.hidden).length") == 2
    assert page.locator("#w-bars .tail").count() == 2


@pytest.mark.parametrize("tab", TABS)
def test_every_preset_is_a_case(opened, tab):
    """Each preset can be chosen, shows its own name in the list, and shows outputs."""
    page = opened(f"tab={tab}")
    box = page.locator(f"#preset-{tab}")
    names = box.locator("option").all_text_contents()[1:]
    assert len(names) >= 3
    for name in names:
        box.select_option(name)
        assert box.evaluate("one => one.selectedOptions[0].textContent") == name
        assert page.locator({"1d": "#Ty td", "2d": "#Y td", "cost": "#counts td"}[tab]).count() >= 3


def test_a_large_matrix_is_drawn_without_numbers(opened):
    """A matrix with thousands of entries is drawn in colours only, next to the output's numbers."""
    page = opened("tab=2d")
    page.locator("#preset-2d").select_option("6400 entries, 9 weights")
    picture = page.locator("#T2 svg")
    assert "64 rows and 100 columns" in picture.get_attribute("aria-label")
    assert picture.locator("path").count() == 9
    assert page.locator("#Y td").count() == 64
    page.locator("#preset-2d").select_option("A plus sign finds itself")
    assert page.locator("#T2 td.tap").count() == 81


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_everything_fits_and_nothing_is_in_the_way(opened, width, scheme):
    """At each width, in dark and light mode, on each tab, nothing overflows and axe passes."""
    page = opened(
        "x=1,2,3,4,5,6,7,8,9,0.123,-77777&h=0.4414,0.4792,-0.1353&mode=full&fft=11",
        width,
        scheme,
        bypass_csp=True,
    )
    page.locator("#spectra-table summary").click()
    for tab in TABS:
        page.locator(f"#tab-{tab}").click()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        check_accessible(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_can_be_read(opened, scheme):
    """The number in every cell has a contrast of 4.5 against the cell's colour."""
    ratios = opened("x=1&h=1,2,3,4,5,6,7,8,9,10,11,12&mode=full", scheme=scheme).evaluate(
        """() => {
          const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const light = colour => {
            for (pixel.fillStyle of [getComputedStyle(document.body).backgroundColor, colour]) pixel.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...pixel.getImageData(0, 0, 1, 1).data].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return [...document.querySelectorAll("#T td, #Ty td, #Tx td, .chip, .tile.tap, .tile.current")].map(cell => {
            const [low, high] = [getComputedStyle(cell).color, getComputedStyle(cell).backgroundColor].map(light).sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05);
          });
        }"""
    )
    assert len(ratios) > 40
    assert min(ratios) >= 4.5


def test_who_wants_less_motion_gets_none(opened):
    """The window glides, except for users who prefer reduced motion."""
    style = "getComputedStyle(document.querySelector('.tile.tap')).transitionDuration"
    assert opened().evaluate(style) == "0.35s"
    assert opened(reduced_motion="reduce").evaluate(style) == "0s"


def test_without_scripts_the_page_says_what_it_needs(opened):
    """Without JavaScript, the page says that JavaScript is needed and hides its controls."""
    page = opened(java_script_enabled=False)
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    assert not page.locator("main").is_visible()


def test_a_strict_web_host_serves_it(browser, folder, file_of):
    """The page works and reads a measurement on a host that forbids inline scripts and styles, and loads only its own files."""

    class Host(SimpleHTTPRequestHandler):
        def end_headers(self):
            self.send_header("Content-Security-Policy", STRICT)
            super().end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        page = browser.new_page()
        asked, complaints = set(), []
        page.on("request", lambda request: asked.add(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}laboratory.html#x=1,2,3&h=1,1")
        found = page.locator("#Ty tbody td").all_text_contents()
        page.locator("#tab-cost").click()
        chosen(page, file_of(measurements.crossing()))
        times = page.locator("#measured-times tbody tr").count()
        page.close()
        server.shutdown()
        thread.join()
    assert found == ["3", "5"]
    assert times == len(measurements.LONG)
    assert complaints == []
    assert {one.partition("#")[0].removeprefix(address) for one in asked} <= set(laboratory.files())


def test_the_checker_of_html_finds_nothing(folder, opened, tmp_path, file_of):
    """The Nu HTML checker finds no errors or warnings, in the source and in the page on each tab, with measured times."""
    files = [folder / "laboratory.html"]
    page = opened()
    for tab in TABS:
        page.locator(f"#tab-{tab}").click()
        if tab == "cost":
            chosen(page, file_of(measurements.crossing()))
        text = page.evaluate("document.documentElement.outerHTML")
        files.append(tmp_path / f"{tab}.html")
        files[-1].write_text(f"<!DOCTYPE html>\n{text}", encoding="utf-8")
    # It reports the folder's files as foreign and properties set by scripts as attributes.
    policy = "Content Security Policy"
    assert [one for one in messages(*files) if policy not in one["message"]] == []
