"""Test the page of a measurement, and its chart."""

import html
import re
from itertools import pairwise

import browsers
import pytest
from measurements import HOSTILE, SIZES, contender, crossing, hostile, measurement, yours

from grader.reports import growth_chart, measure_page


def words(text):
    """Return the words of markup, without its style sheet."""
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.S)).split())


def main(found):
    """Return the words of the page below its chart."""
    return words(measure_page.page(found).rpartition("</svg>")[0].partition("<main>")[0]), words(
        measure_page.page(found).partition("<h2>What this shows</h2>")[2]
    )


def heights(text):
    """Return the heights of the names beside the wide chart."""
    wide = text.partition("</svg>")[0]
    return sorted(float(y) for y in re.findall(r'<g class="k\d">.*?<text class=s x=\S+ y=([\d.]+)>', wide))


def test_the_page_in_words():
    """The page says what the terminal says, with all sizes, the spreads, the memory and the machine."""
    found = measurement(
        yours(lambda n: 4e-6 * n, [16, 32, 64], loops=1, held=lambda n: 4 * n, says="It uses `x[i]`."),
        contender("the FFT", lambda n: 9e-5, [16, 32], spread=0.4, stopped="no memory"),
        operations={64: 1e4},
    )
    head, below = main(found)
    assert head.endswith(
        "Skip to the numbers via_matrix Convolution as a product"
        " How time and memory of convolve grow with n, the length of the signal."
    )
    assert below == (
        "yours grows like n, holds 4 n bytes, 39 MFLOP/s at n = 64 It uses x[i] ."
        " the FFT takes 90 µs at n = 32"
        " FLOP/s: the operations of the definition in each second. A faster algorithm needs fewer."
        " from about n = 22 on, the FFT is faster than yours"
        " yours: a loop in Python: the time is 4 µs times n, whatever n is"
        " the FFT: spread over 30 %: run again on a quiet machine"
        " the FFT: no size above n = 32: no memory"
        " All numbers Median time of a call n yours the FFT"
        " 16 64 µs * 5 % 90 µs 40 % 32 128 µs 5 % 90 µs * 40 % 64 256 µs 5 % –"
        " The small number is the spread: the middle half of the calls lies in a range this wide, in per cent of"
        " the median. The bars in the chart show it too."
        " The sign * marks the fastest at this size; with several *, they are equally fast."
        " Peak of memory during a call, without the inputs n yours the FFT 16 64 bytes – 32 130 bytes –"
        " 64 260 bytes –"
        " Where Device cpu Platform linux-x86_64 Python 3.11.7 torch 2.13.0 numpy 2.4.6 toeplitz-grader 0.1.0"
        " Times depend on the machine and on what else it does. Compare only times of one measurement."
    )


def test_nothing_of_a_strangers_is_markup():
    """Names and sentences are escaped, in the chart too, and control characters are replaced."""
    text = measure_page.page(hostile())
    assert "<script" not in text
    assert "\x1b" not in text
    assert HOSTILE not in html.unescape(text)
    assert set(re.findall(r"<(\w+)", text)) <= set(
        "html head meta title style body a header p code b main svg g path text h1 h2 h3 ul li br span div table thead"
        " tr th tbody td small dl dt dd footer sup".split()
    )


@pytest.mark.parametrize("found", [crossing(), hostile()], ids=["crossing", "hostile"])
def test_the_page_is_small_and_runs_nothing(found):
    """The page is smaller than 100 KB and allows no script and no other address."""
    text = measure_page.page(found)
    assert len(text.encode()) < 100_000
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_wrong_result_comes_before_the_chart():
    """Times of a wrong function mean nothing, so this stands above them."""
    text = measure_page.page(measurement(yours(lambda n: 1e-6), agrees=False))
    doubt = "wrong at n = 64: your result differs from the reference, so these times mean nothing"
    assert text.index(doubt) < text.index("<svg")


def test_the_chart_in_words():
    """Screen readers read each line's ends."""
    found = measurement(yours(lambda n: 1e-6 * n), contender("none", lambda n: 1.0, []))
    assert growth_chart.described(found) == (
        "The time of a call over n, on logarithmic scales: yours from 16 us at n = 16 to 1.02 ms at n = 1024."
    )


def test_lines_differ_without_colour():
    """Each function has its marker and its class, by which the style sheet chooses the dash."""
    text = measure_page.chart(crossing()).partition("</svg>")[0]
    assert re.findall(r'<g class="(k\d)">', text) == ["k2", "k1", "k0"]
    assert len({re.search(r"m[^M]*", one)[0] for one in re.findall(r'class=m d="M([^"]*)', text)}) == 3


def test_a_bar_shows_the_spread():
    """A bar reaches from half the spread below to half the spread above; without spread there is none."""
    bars = [
        re.findall(r'<path class=b d="([^"]*)"', measure_page.chart(measurement(one)))[0]
        for one in (yours(lambda n: 1e-6 * n), yours(lambda n: 1e-6 * n, spread=0.0))
    ]
    assert bars[0].count("M") == len(SIZES)
    assert bars[1] == ""


def test_a_bar_that_reaches_zero_ends_at_the_axis():
    """On a logarithmic scale there is no zero."""
    text = measure_page.chart(measurement(yours(lambda n: 1e-6 * n, spread=2.5)))
    assert text.count(f"V{growth_chart.WIDE.floor}m-3 0h6") == len(SIZES)


def test_names_do_not_overlap():
    """Lines that end at the same height have names one below the other, inside the chart."""
    same = [contender(f"r{i}", lambda n: 1e-6 * n) for i in range(8)]
    found = heights(measure_page.chart(measurement(*same, contender("low", lambda n: 1e-8 * n))))
    assert len(found) == 9
    assert min(b - a for a, b in pairwise(found)) >= 14
    assert found[-1] <= growth_chart.WIDE.floor + 4.1


@pytest.mark.parametrize(
    ("places", "moved"),
    [
        ([10.0, 50.0], [10.0, 50.0]),
        ([10.0, 12.0], [10.0, 26.0]),
        ([12.0, 10.0, 11.0], [42.0, 10.0, 26.0]),
        ([99.0, 98.0], [100.0, 84.0]),
        ([100.0, 120.0, 10.0], [84.0, 100.0, 10.0]),
        ([], []),
    ],
)
def test_places_move_apart(places, moved):
    """Names keep their order, have a distance of 16, and don't leave the floor of 100."""
    assert growth_chart.apart(places, 16, 100.0) == moved


def test_large_powers_of_ten_are_raised():
    """The lower axis has short labels."""
    found = measurement(yours(lambda n: 1e-9 * n, [10**3, 10**4, 10**5]))
    assert re.findall(r"<text class=c [^>]*>([^<]*)<", measure_page.chart(found))[:3] == [
        "1000",
        "10⁴",
        "10⁵",
    ]


def test_long_names_are_cut():
    """A long name ends with an ellipsis: the paper of the chart is finite."""
    text = measure_page.chart(measurement(contender("a very long name of a rival", lambda n: 1e-6 * n)))
    assert ">a very long name of…<" in text
    assert ">a very lo…<" in text


def test_without_times_there_is_no_chart():
    """A page without times says so."""
    found = measurement(yours(lambda n: 0.0, []), compared=None)
    assert measure_page.chart(found) == ""
    assert "No time was measured." in measure_page.page(found)


def test_a_single_point_has_a_chart():
    """One time is a marker with labels around it."""
    text = measure_page.chart(measurement(yours(lambda n: 1e-3, [64])))
    assert text.count("<path class=m") == 2


@pytest.mark.parametrize(
    ("sentence", "markup"),
    [
        ("grows like n^1.9", "grows like n<sup>1.9</sup>"),
        ("4 us, <b> at n = 8", "4 µs, &lt;b&gt; at n&nbsp;=&nbsp;8"),
        ("use `x < y`", "use <code>x &lt; y</code>"),
    ],
)
def test_sentences_are_typeset(sentence, markup):
    """Powers are raised, microseconds have their Greek letter, and code looks like code."""
    assert measure_page.typeset(sentence) == markup


@pytest.fixture(scope="module")
def browser():
    with browsers.running() as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), browsers.VIEWS)
@pytest.mark.parametrize("found", [crossing(), hostile()], ids=["crossing", "hostile"])
def test_the_page_in_a_browser(browser, tmp_path, found, width, scheme):
    """The page is accessible and never scrolls sideways."""
    file = tmp_path / "measure.html"
    file.write_text(measure_page.page(found), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("svg.growth:visible").count() == 1
    browsers.check_accessible(page)
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("found", [crossing(), hostile()], ids=["crossing", "hostile"])
def test_the_page_is_valid_html(tmp_path, found):
    """The HTML checker finds nothing."""
    file = tmp_path / "measure.html"
    file.write_text(measure_page.page(found), encoding="utf-8")
    assert browsers.messages(file) == []
