"""A case has a laboratory link with its own numbers, or has no link."""

import math

import pytest

from grader.report_model import Array, Counterexample, Window
from grader.reports import laboratory_links, link_syntax
from grader.reports.laboratory_links import Laboratory

FULL = "x=9,9&h=9&op=conv&mode=full&stride=3"


def found(call, *, at=None, **inputs):
    window = None if at is None else Window(at=at, obtained=0.0, expected=1.0, terms=[])
    return Counterexample(call, inputs, None, None, None, None, window=window)


def array(*values, dtype="float32"):
    return Array(dtype, [len(values)], list(values))


@pytest.mark.parametrize(
    ("example", "case", "expected"),
    [
        (FULL, found("f(x=[1, 2], h=[3, 0.5])"), "op=conv&mode=full&x=1,2&h=3,0.5"),
        ("x=1&h=1", found("f(kernel=[1, 2], n=3)"), "x=1,2,3&h=1,2"),
        ("x=1&h=1", found("f(kernel=[1, 2], n=3)", x=array(4.0, 5.0, 6.0)), "x=4,5,6&h=1,2"),
        ("x=1&h=1", found("f(kernel=[1, 2], n=3)", at=[1, 0]), "x=1,2,3&h=1,2&at=1"),
        ("x=1&h=1", found("f(kernel=[2, 2], n=2)", kernel=array(1.0, 1.0), n=9), "x=1,2&h=2,2"),
        ("x=1&h=1", found("f(kernel=[1], n=2, stride=2, padding=1)"), "x=1,2&h=1&stride=2&padding=1"),
        ("x=1&h=1", found("f(...)", layer={"kernel": array(1.0), "n": 2}), "x=1,2&h=1"),
        ("x=1&h=1&mode=circular", found("f(c=[1, 2])"), "mode=circular&x=1,2&h=1,2"),
        ("x=1&h=1", found("f(c=[1, 2], d=[3, 4])"), "x=3,4&h=1,2"),
        ("x=1&h=1", found("f(x=[1e-05], h=[-0.0])"), "x=1e-05&h=-0"),
        ("tab=2d", found("f(kernel=[[1, 2]], height=2, width=3)"), "tab=2d&image=1,2,3;4,5,6&kernel=1,2"),
        ("tab=2d", found("f(x=[[1, 2]], h=[[1]], stride=(1, 2))"), "tab=2d&image=1,2&kernel=1&stride2=1,2"),
        ("tab=cost&n=1&k=1", found("f(n=5, k=3, method='fft')"), "tab=cost&n=5&k=3"),
    ],
)
def test_a_case_is_written_with_its_own_numbers(example, case, expected):
    """The operation and mode come from the example, and all numbers from the case.

    Arguments in the call take precedence.
    """
    assert laboratory_links.fragment(example, case) == expected


@pytest.mark.parametrize(
    ("example", "case"),
    [
        ("x=1&h=1", found("f(kernel=[1, 2, 3], n=2)")),
        ("x=1&h=1", found("f(kernel=[1], n=65)")),
        ("x=1&h=1", found("f(kernel=[1], n=0)")),
        ("x=1&h=1", found(f"f(kernel={[1] * 33}, n=64)")),
        ("x=1&h=1", found("f(kernel=[], n=2)")),
        ("x=1&h=1", found("f(kernel=[[1]], n=2)")),
        ("x=1&h=1", found("f(x=[[1]], h=[1])")),
        ("x=1&h=1", found("f(x=[1], h=[nan])")),
        ("x=1&h=1", found("f(x=[1], h=[1+2j])")),
        ("x=1&h=1", found("f(...)", kernel=array(None), n=3)),
        ("x=1&h=1", found("f(...)", kernel=array(math.inf), n=3)),
        ("x=1&h=1", found("f(kernel=[True], n=2)")),
        ("x=1&h=1", found("f(kernel=[1], n=2, stride=0)")),
        ("x=1&h=1", found("f(kernel=[1], n=2, stride=(1, 1))")),
        ("x=1&h=1", found("f(u=[1], v=[2])")),
        ("tab=2d", found("f(kernel=[[1]], height=13, width=1)")),
        ("tab=2d", found("f(kernel=[[1]], height=0, width=1)")),
        ("tab=2d", found("f(kernel=[[1], [2, 3]], height=3, width=3)")),
        ("tab=2d", found("f(kernel=[[1, 2]], height=2, width=1)")),
        ("tab=cost&n=1&k=1", found("f(n=0, k=3)")),
        ("tab=cost&n=1&k=1", found("f(n=5)")),
    ],
)
def test_a_case_that_cannot_be_shown_has_no_address(example, case):
    """A case that is empty, too large, non-finite, misshapen or outside the domain has no link."""
    assert laboratory_links.fragment(example, case) is None


def test_only_functions_with_an_example_have_addresses():
    """A case gets a link only if the function that it calls has an example."""
    lab = Laboratory("https://a.b/", {"one": {"f": FULL}})
    case = found("f(x=[1], h=[2])")
    assert lab.case("one", case) == "https://a.b/laboratory.html#op=conv&mode=full&x=1&h=2"
    assert lab.case("one", found("g(x=[1], h=[2])")) == lab.case("two", case) == lab.case("one", None) == ""
    assert lab.example("one") == f"https://a.b/laboratory.html#{FULL}"
    assert lab.example("two") == ""


def test_a_site_is_an_address_or_a_folder(tmp_path):
    """A URL is used as it is; a folder must contain the laboratory, and pages link to it relatively."""
    assert laboratory_links.base_of("https://a.b/c", tmp_path) == "https://a.b/c/"
    assert laboratory_links.base_of("site", tmp_path) is None
    (tmp_path / "site").mkdir()
    (tmp_path / "site/laboratory.html").touch()
    assert laboratory_links.base_of("site", tmp_path) == (tmp_path / "site").as_uri() + "/"
    assert laboratory_links.base_of("site", tmp_path, beside=tmp_path / "reports") == "../site/"
    assert laboratory_links.base_of("site", tmp_path, beside=tmp_path / "site") == "./"


def test_the_courses_examples_can_be_read(course):
    """Each example belongs to a function of its exercise, and the laboratory can read all of it."""
    tables = {one.id: one.settings.laboratory for one in course.exercises.values() if one.settings.laboratory}
    assert len(tables) == 17
    for name, table in tables.items():
        assert set(table) <= set(course.exercises[name].functions), name
        assert [link_syntax.problem(one) for one in table.values()] == [None] * len(table), name
