"""The report page in a real browser: it is drawn, readable and reachable, and loads nothing else."""

import pages
import pytest
from browsers import SCHEMES, VIEWS, WIDTHS, check_accessible, messages, running

# The contrast of every text with its background, by the WCAG 2.2 formula for the texts of figures.
# Each test opens pages in a browser, which takes some seconds.
pytestmark = pytest.mark.slow
CONTRASTS = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  };
  const page = getComputedStyle(document.body).backgroundColor;
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const probe = document.querySelector("svg.map").cloneNode(false);
  document.body.append(probe);
  const found = {};
  for (const kind of "z u o f p1 p2 p3 p4 p5 n1 n2 n3 n4 n5".split(" ")) {
    probe.innerHTML = `<path class=${kind} d="M0 0h9v9h-9z"/><g class=c><text>1</text></g><path class=mw d="M0 0h9"/>`;
    const fill = getComputedStyle(probe.children[0]).fill;
    const under = fill === "none" ? page : fill;
    found[kind] = ratio(getComputedStyle(probe.querySelector("text")).fill, under);
    found[kind + " frame"] = ratio(getComputedStyle(probe.children[2]).stroke, under);
  }
  probe.remove();
  return found;
}"""


@pytest.fixture(scope="module")
def browser():
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(pages.everything().page(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def opened(browser, address):
    """Return a function that opens the page and checks that only the page is loaded."""
    contexts = []
    asked = []

    def open_page(width=768, scheme="light", **fields):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, **fields
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert set(asked) <= {address}


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_everything_fits_and_nothing_is_in_the_way(opened, width, scheme):
    """At each width, in dark and light mode, with all details open, nothing overflows and axe passes."""
    page = opened(width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    check_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_matrices_are_drawn(opened, width):
    """Every figure has a minimum size, and its cells show the numbers of the report."""
    page = opened(width)
    boxes = [one.bounding_box() for one in page.locator("svg.map").all()]
    assert len(boxes) >= 12
    assert all(box["width"] > 30 and box["height"] > 40 for box in boxes)
    figures = page.locator("#e1p2 .pair svg")
    numbers = [figures.nth(place).locator(".b text, .c text").all_text_contents() for place in range(2)]
    assert numbers == [["7 7", "17"], ["11", "14", "17"]]
    assert page.locator("#e2p1 .pair svg").first.locator(".b text").all_text_contents() == ["nan", "inf"]


def test_numbers_stand_in_their_cells(opened):
    """Each number is drawn in the middle of its cell, even if several numbers share an element."""
    places = opened().evaluate(
        """() => [...document.querySelectorAll("#e1p2 .sum svg :is(.c, .b) text")].flatMap(text =>
          [...text.textContent].flatMap((letter, at) => {
            const box = text.getExtentOfChar(at);
            return letter === " " ? [] : [[letter, (box.x + box.width / 2 - 1) / 34]];
          }))"""
    )
    found = dict(places)
    assert found == pytest.approx({"3": 0.5, "4": 1.5, "5": 2.5, "6": 3.5}, abs=0.03)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_can_be_read(opened, scheme):
    """A number has a contrast of 4.5 against its cell's colour, and a wrong cell's frame one of 3."""
    found = opened(768, scheme).evaluate(CONTRASTS)
    assert {kind: ratio for kind, ratio in found.items() if ratio < (3 if "frame" in kind else 4.5)} == {}


def test_the_bars_of_a_spectrum_stand(opened):
    """A spectrum is drawn as bars with the heights of the magnitudes."""
    page = opened()
    sizes = page.locator("#e2p2 .pair svg").first.locator(".bar").evaluate("one => one.getBBox().height")
    assert sizes == 72
    texts = page.locator("#e2p2 .pair svg").first.locator(".t text").all_text_contents()
    assert texts == ["2 ∠ 90°", "1 ∠ 0°", "0"]


def test_wide_matrices_scroll_in_their_own_box(opened):
    """A matrix wider than a phone can be reached and scrolled with the keyboard alone."""
    page = opened(320)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wide = page.locator(".scroll").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.tabIndex)"
    )
    assert len(wide) >= 3
    assert set(wide) == {0}
    box = page.locator("#e2p3 .scroll").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('#e2p3 .scroll').scrollLeft > 0")


def test_the_keyboard_skips_to_the_exercises(opened):
    """The first press of Tab reaches a link that skips the top of the page."""
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the exercises"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "exercises"


def test_paper_shows_all(opened):
    """In print, all exercises are open, even those closed on screen, and the background is light."""
    page = opened(768, "dark")
    closed = page.locator("#e3 .laws")
    assert not closed.is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert closed.is_visible()
    assert closed.bounding_box()["height"] > 40
    hidden = page.evaluate(
        """() => [...document.querySelectorAll("article *")].filter(one =>
             !one.closest(".numbers") && one.textContent.trim() && one.getClientRects().length === 0
             && !["option", "mspace"].includes(one.localName)).map(one => one.outerHTML)"""
    )
    assert hidden == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_policy_of_the_page_allows_its_own_style(browser, address):
    """Under its own security policy, the page keeps its style, and the browser logs no errors."""
    page = browser.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.querySelector('.pair')).display") == "flex"
    assert complaints == []
    page.close()


def test_the_checker_of_html_finds_nothing(tmp_path):
    """The Nu HTML checker finds no errors or warnings on any of the pages."""
    files = []
    for name in ("everything", "golden", "whole_course"):
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(getattr(pages, name)().page(), encoding="utf-8")
    assert messages(*files) == []
