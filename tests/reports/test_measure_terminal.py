"""Compare the terminal output of a measurement with the expected text."""

import io

import msgspec
import pytest
from measurements import HOSTILE, SIZES, contender, crossing, hostile, measurement, yours
from rich.cells import cell_len
from rich.console import Console

from grader.reports import measure_terminal


def shown(found, width=80, encoding="utf-8", **how):
    stream = io.StringIO()
    console = Console(file=stream, width=width, **({"color_system": None, "force_terminal": False} | how))
    console.__class__ = type("Console", (Console,), {"encoding": encoding})
    measure_terminal.show(found, console)
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").split("\n"))


def test_a_measurement_in_full():
    """A table, a plot with its marks, a line for each function, and what the numbers show."""
    assert (
        shown(crossing())
        == """\
via_matrix  Convolution as a product
    `convolve` on cpu; n is the length of the signal

        n  ● yours   ▲ reference   ■ the FFT
       16   205 us       12.1 us*    40.1 us
       64  3.28 ms       12.8 us*    40.8 us
      256  52.4 ms       25.1 us*    44.1 us
     1024   839 ms        222 us     60.5 us*
     4096        -       3.37 ms      138 us*
    16384        -             -      499 us
    65536        -             -     2.14 ms
    * the fastest at this size; with several *, they are equally fast

        1 s┤                                ·●
           │                              ··
           │                           ·●·
     100 ms┤                         ··
           │                     ··●·
           │                 ·●··                           ·▲
      10 ms┤              ···                             ··
           │           ·●·                             ·▲·                 ··■
       1 ms┤         ··                              ··               ··■··
           │     ··●·                            ··▲·            ··■··
           │  ●··                           ·▲···          ··■···
     100 us┤                              ··     ··■····■··
           │  ■····■····■·····■····■····=····■···
           │                ··▲····▲··
      10 us┤  ▲····▲····▲···
           └────────────────┬────────────────┬─────────────────┬────────────────
          n                100             1000              10^4

    ● yours grows like n^2, holds 16 n^2 bytes, 0.62 MFLOP/s at n = 1024
      Your function.
    ▲ reference grows like n^1.9, holds 3 n^2 bytes, 2.5 GFLOP/s at n = 8192
      A matrix `T`, then one product.
    ■ the FFT grows like n^0.9, holds 100 n bytes, 1000 GFLOP/s at n = 65536

    FLOP/s: the operations of the definition in each second. A faster algorithm
    needs fewer.

    from about n = 410 on, the FFT is faster than reference
    yours: a loop in Python: the time is 800 ns times n^2, whatever n is
    yours: no size above n = 1024: a call takes more than 1 second"""
    )


def test_a_narrow_terminal_in_ascii():
    """With 50 columns and without Unicode, everything is still there."""
    assert (
        shown(crossing(), 50, "ascii")
        == """\
via_matrix  Convolution as a product
    `convolve` on cpu; n is the length of the
    signal

        n  o yours   x reference   # the FFT
       16   205 us       12.1 us*    40.1 us
       64  3.28 ms       12.8 us*    40.8 us
      256  52.4 ms       25.1 us*    44.1 us
     1024   839 ms        222 us     60.5 us*
     4096        -       3.37 ms      138 us*
    16384        -             -      499 us
    65536        -             -     2.14 ms
    * the fastest at this size; with several *,
    they are equally fast

           |                 .o
           |               .o
     100 ms+            .o.
           |         .o.              .x
           |      .o.              .x.         .#
       1 ms+   .o.              .x.      .#..#.
           | o.              .x..#..#..#.
           | #..#..#..#..=..=.#.
      10 us+ x..x..x..x.
           +---------+--------+---------+---------
          n         100     1000      10^4

    o yours grows like n^2, holds 16 n^2 bytes,
    0.62 MFLOP/s at n = 1024
      Your function.
    x reference grows like n^1.9, holds 3 n^2
    bytes, 2.5 GFLOP/s at n = 8192
      A matrix `T`, then one product.
    # the FFT grows like n^0.9, holds 100 n bytes,
    1000 GFLOP/s at n = 65536

    FLOP/s: the operations of the definition in
    each second. A faster algorithm needs fewer.

    from about n = 410 on, the FFT is faster than
    reference
    yours: a loop in Python: the time is 800 ns
    times n^2, whatever n is
    yours: no size above n = 1024: a call takes
    more than 1 second"""
    )


def test_more_columns_than_fit():
    """The functions that don't fit beside the others have a table below. Without room there is no plot."""
    assert (
        shown(crossing(), 33, "ascii").split("\n\n")[1:4]
        == """\
        n  o yours   x reference
       16   205 us       12.1 us*
       64  3.28 ms       12.8 us*
      256  52.4 ms       25.1 us*
     1024   839 ms        222 us
     4096        -       3.37 ms
    16384        -             -
    65536        -             -

        n  # the FFT
       16    40.1 us
       64    40.8 us
      256    44.1 us
     1024    60.5 us*
     4096     138 us*
    16384     499 us
    65536    2.14 ms
    * the fastest at this size;
    with several *, they are
    equally fast

    o yours grows like n^2, holds
    16 n^2 bytes, 0.62 MFLOP/s at
    n = 1024
      Your function.
    x reference grows like n^1.9,
    holds 3 n^2 bytes, 2.5
    GFLOP/s at n = 8192
      A matrix `T`, then one
      product.
    # the FFT grows like n^0.9,
    holds 100 n bytes, 1000
    GFLOP/s at n = 65536""".split("\n\n")
    )


def test_a_wrong_result_comes_first():
    """Times of a wrong function mean nothing, so this is said before them."""
    lines = shown(msgspec.structs.replace(crossing(), agrees=False), 100).split("\n")
    assert lines[:2] == [
        "via_matrix  Convolution as a product",
        "    wrong at n = 64: your result differs from the reference, so these times mean nothing",
    ]


def test_one_point():
    """A single time is no growth: no plot, no comparison, and no doubt if the result is correct."""
    assert (
        shown(measurement(yours(lambda n: 1e-3, [64]), operations={}))
        == """\
via_matrix  Convolution as a product
    `convolve` on cpu; n is the length of the signal

     n  ● yours
    64     1 ms

    ● yours takes 1 ms at n = 64"""
    )


def test_nothing_measured():
    """A function without times says why, and a result that wasn't compared is in doubt."""
    found = contender("broken", lambda n: 1.0, [], "yours", stopped="raised ValueError: odd n")
    assert (
        shown(measurement(found, compared=None), 100)
        == """\
via_matrix  Convolution as a product
    not compared with the reference: the result may be wrong, and then these times mean nothing
    `convolve` on cpu; n is the length of the signal

    n  ● broken

    ● broken not measured

    broken: raised ValueError: odd n"""
    )


def test_a_table_has_ten_rows_at_most():
    """Of many sizes, the table shows the first, the last and equal steps between."""
    found = measurement(yours(lambda n: 1e-6 * n, list(range(10, 34))))
    table = shown(found).split("\n\n")[1]
    assert [line.split()[0] for line in table.split("\n")] == "n 10 12 15 18 21 24 27 30 33".split()


def test_what_the_numbers_show():
    """Equal functions, noise, a loop in Python and the cost of a call are each told in a sentence."""
    found = measurement(
        yours(lambda n: 4e-6 * n, loops=1),
        contender("same", lambda n: 4.01e-6 * n + (1e-3 if n < 32 else 0)),
        contender("noisy", lambda n: 9e-6 * n, spread=0.5),
        contender("flat", lambda n: 12e-6),
        operations={},
    )
    assert (
        shown(found, 100).split("\n\n")[-1]
        == """\
    from about n = 26 on, same is faster than noisy
    yours and same are equally fast from n = 32 on
    yours: a loop in Python: the time is 4 us times n, whatever n is
    noisy: spread over 30 %: run again on a quiet machine
    flat: the time hardly depends on n: what you see is the cost of calling torch"""
    )


def test_the_crossings_of_yours():
    """Where yours crosses others, only this is told: it is what the learner asks. The same note is told once."""
    found = measurement(
        *(contender(f"r{i}", lambda n, i=i: 1e-6 * i * n, stopped="the time is up") for i in (10, 30)),
        contender("square", lambda n: 1e-7 * n * n),
        yours(lambda n: 3e-9 * n**3),
        operations={},
    )
    assert (
        shown(found, 100).split("\n\n")[-1]
        == """\
    from about n = 58 on, r10 is faster than yours
    from about n = 100 on, r30 is faster than yours
    from about n = 33 on, square is faster than yours
    r10, r30: no size above n = 1024: the time is up"""
    )


def test_the_fastest_is_bold_and_marked():
    """In a terminal the fastest times are bold; without bold letters, an asterisk still marks them."""
    found = measurement(yours(lambda n: 1e-6, [8]), contender("same", lambda n: 1.01e-6, [8]))
    assert shown(found).split("\n")[4].split() == ["8", "1", "us*", "1.01", "us*"]
    colours = {"force_terminal": True, "color_system": "standard"}
    assert "\x1b[1m1 us*\x1b[0m" in shown(found, **colours)
    assert "\x1b[36m" not in shown(found, no_color=True, **colours)


@pytest.mark.parametrize(("seconds", "marked"), [(1.0001e-6, 2), (1.01e-6, 1)])
def test_without_spread(seconds, marked):
    """Without any spread, the slightest difference counts, but times that print the same are equal."""
    found = [
        yours(lambda n: 1e-6, [8], spread=0.0),
        contender("other", lambda n: seconds, [8], spread=0.0),
    ]
    assert shown(measurement(*found)).split("\n")[4].count("*") == marked


@pytest.mark.parametrize("width", [1, 5, 20, 40, 50, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_any_width(width, encoding):
    """Strangers' names don't reach the terminal as commands, and from 40 columns on nothing is too wide."""
    text = shown(hostile(), width, encoding)
    assert "\x1b" not in text
    assert HOSTILE not in text
    if width >= 40:
        assert max(map(cell_len, text.split("\n"))) <= width


def test_places_with_several_marks_have_a_sign():
    """Where two marks would cover each other, the plot shows = instead."""
    found = [yours(lambda n: 1e-6 * n), contender("same", lambda n: 1e-6 * n)]
    plot = shown(measurement(*found), encoding="ascii").split("\n\n")[2]
    assert plot.count("=") == len(SIZES)
    assert not set("ox") & set(plot)


def test_marks_cover_the_dots_between():
    """A mark on another function's line stays visible."""
    found = [yours(lambda n: 1e-6 * n, [16, 1024]), contender("same", lambda n: 1e-6 * n, [64, 256])]
    plot = shown(measurement(*found), encoding="ascii").split("\n\n")[2]
    assert (plot.count("o"), plot.count("x")) == (2, 2)
