"""The cohort page in a real browser: it is readable at each width, safe, and loads nothing else."""

import cohorts
import pytest
from browsers import VIEWS, WIDTHS, check_accessible, messages, running

from grader.reports import wording
from grader.reports.cohort_page import overview

# Each test opens pages in a browser, which takes some seconds.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser():
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("overview")
    for name, summary in (("four_hundred", cohorts.assignment()), ("hostile", cohorts.hostile_summary())):
        (place / f"{name}.html").write_text(overview(summary), encoding="utf-8")
    return place


@pytest.fixture
def opened(browser, folder):
    """Return a function that opens a page and checks that only the page is loaded."""
    contexts, asked = [], []

    def open_page(name, width=1280, scheme="light"):
        contexts.append(
            browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
            )
        )
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        page.goto((folder / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert set(asked) <= {one.as_uri() for one in folder.iterdir()}


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_everything_fits_and_nothing_is_in_the_way(opened, width, scheme):
    """At each width, in dark and light mode, with all details open, nothing overflows and axe passes."""
    page = opened("four_hundred", width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # The other rows look the same, and axe checks each of them.
    page.evaluate(
        "document.querySelectorAll('.everyone tbody tr:nth-child(n + 30)').forEach(one => one.remove())"
    )
    check_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_strangers_words_are_words(opened, width):
    """Names and reasons that contain markup, or are longer than the page, appear unchanged and fit."""
    page = opened("hostile", width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("script").count() == 0
    assert "<script>alert(1)</script>" in page.locator(".everyone th a").first.text_content()
    assert page.locator(".everyone th a").first.get_attribute("href") == "pages/%3Cscript%3E.html"


def test_the_numbers_are_those_of_the_summary(opened):
    """The numbers at the top, in the bars and in the rows match the summary."""
    summary = cohorts.assignment()
    page = opened("four_hundred")
    rows = summary.submissions
    counts = page.locator(".counts b").all_text_contents()
    absent = [row for row in rows if row.report is None and row.trouble is None]
    assert counts == [
        *(
            f"{sum(row.status == status for row in rows if row not in absent)} {word}"
            for status, word in wording.WORDS.items()
        ),
        f"{len(absent)} nothing handed in",
    ]
    bars = page.locator(".spread div span:first-child").all_text_contents()
    assert sum(int(one or 0) for one in bars) == sum(row.report is not None for row in rows)
    assert bars[-1] == str(
        sum(row.marks is not None and row.marks.total == summary.max_score for row in rows)
    )
    assert page.locator(".everyone tbody tr").count() == len(rows) == 400


def test_the_bars_of_the_points_are_as_tall_as_they_say(opened):
    """The tallest bar has the full height, and the others are in proportion."""
    drawn = opened("four_hundred").evaluate(
        """() => [...document.querySelectorAll(".spread div")].map(one =>
             [Number(one.firstElementChild.textContent), 100 - one.querySelector("rect").y.baseVal.value])"""
    )
    most = max(count for count, _ in drawn)
    assert [height for _, height in drawn] == [round(100 * count / most) for count, _ in drawn]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bars_of_the_points_are_aligned(opened, width):
    """At each width, all bars begin at one place, are equally long, and their numbers end at one place."""
    drawn = opened("four_hundred", width).evaluate(
        """() => [...document.querySelectorAll(".everyone .bar")].map(one =>
             [one.firstElementChild, one.lastElementChild].map(part => part.getBoundingClientRect()))
             .map(([bar, number]) => [bar.left, bar.width, bar.right <= number.left, number.right])"""
    )
    assert len(drawn) == sum(row.report is not None for row in cohorts.assignment().submissions)
    assert len({tuple(map(round, one)) for one in drawn}) == 1
    left, long, apart, right = drawn[0]
    assert apart
    assert long >= 80
    assert 0 <= left < right <= width


def test_the_keyboard_skips_to_the_submissions(opened):
    """The first press of Tab reaches a link that skips the top of the page."""
    page = opened("four_hundred")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "submissions"


def test_the_checker_of_html_finds_nothing(folder):
    """The Nu HTML checker finds no errors or warnings on either page."""
    assert messages(*folder.iterdir()) == []
