"""The course's pages in a real browser, opened from a folder: they are complete, readable, and load nothing else."""

import pages
import pytest
from browsers import VIEWS, check_accessible, messages, running

from grader.reports import coursepages, html
from grader.reports.laboratory_links import Laboratory

# Each test opens pages in a browser, which takes some seconds.
pytestmark = pytest.mark.slow
PAGES = (
    "index",
    "exercises/toeplitz_1d",
    "exercises/toeplitz_conv2d",
    "exercises/fft_convolution",
    "exercises/cost_model",
)


@pytest.fixture(scope="module")
def browser():
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def folder(course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    for name, text in coursepages.files(course, solutions=True).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def missing(request, failed):
    """Record each missing file. An icon that was still loading when the page closed is not a failure."""
    if request.failure != "net::ERR_ABORTED":
        failed.append(request.url)


@pytest.fixture
def opened(browser, folder):
    """Return a function that opens a page and checks that only the folder's files are loaded, and all exist."""
    contexts, asked, failed = [], [], []

    def open_page(name, width=768, scheme="light", **fields):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **fields)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: missing(request, failed))
        page.on("console", lambda message: failed.append(message.text))
        page.goto((folder / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [one for one in asked if not one.startswith(folder.as_uri())] == []
    assert failed == []


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_everything_fits_and_nothing_is_in_the_way(opened, width, scheme):
    """At each width, in dark and light mode, with all details open, nothing overflows and axe passes."""
    for name in PAGES:
        page = opened(name, width, scheme, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == width, name
        check_accessible(page)


def test_every_page_fits_a_phone(opened, course):
    """No page of the course is wider than the smallest phone."""
    page = opened("index", 320)
    for name in course.exercises:
        page.goto(page.url.rpartition("/")[0].removesuffix("/exercises") + f"/exercises/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, name


def test_a_learner_without_scripts_reads_all(opened):
    """Without JavaScript, a learner gets from the index to an exercise, a hint and the next exercise."""
    page = opened("index", java_script_enabled=False)
    page.get_by_role("link", name="The Toeplitz matrix of a 1-D cross-correlation").first.click()
    assert (
        page.get_by_role("heading", level=1).inner_text() == "The Toeplitz matrix of a 1-D cross-correlation"
    )
    first, second = page.get_by_text("Hint 1 of 4"), page.get_by_text("Hint 2 of 4")
    assert not second.is_visible()
    first.click()
    assert second.is_visible()
    drawn = page.locator(".drawn svg").first
    assert drawn.locator("text").count() > 15
    page.locator("a[rel=next]").click()
    assert page.get_by_role("heading", level=1).inner_text() == "A bias in the matrix"


def test_formulas_are_laid_out(opened):
    """The browser lays out the displayed formula as mathematics: its sum has limits above and below."""
    page = opened("exercises/toeplitz_1d")
    box = page.locator("math[display=block]").first.bounding_box()
    assert box["width"] > 100
    assert box["height"] > 25


def test_a_case_opens_with_its_numbers(opened, folder):
    """A case on a report's page opens in the laboratory with its signal, its filter and its kind of convolution."""
    case = pages.case(call="fft_convolve(x=[1, 2], h=[3, 4, 5])")
    report = pages.report(pages.exercise("e", pages.law("values", "not met", counterexample=case)))
    lab = Laboratory("", {"e": {"fft_convolve": "x=1&h=1&op=conv&mode=full"}})
    text = html.page(report, laboratory=lab)
    (folder / "report.html").write_text(text, encoding="utf-8")
    page = opened("report")
    page.get_by_role("link", name="Open this case in the laboratory").click()
    page.wait_for_selector("main:not([hidden])")
    assert [page.locator(one).input_value() for one in ("#x", "#h")] == ["1, 2", "3, 4, 5"]
    assert page.locator("input[name=mode]:checked").get_attribute("value") == "full"
    assert page.locator("#notes").is_hidden()


def test_the_checker_of_html_finds_nothing(folder):
    """The Nu HTML checker finds no errors or warnings on any page."""
    # It reports the folder's files as foreign.
    policy = "Content Security Policy"
    found = messages(*sorted(folder.rglob("*.html")))
    assert [
        (one["url"].rpartition("/")[2], one["message"]) for one in found if policy not in one["message"]
    ] == []
