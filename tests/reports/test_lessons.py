"""The lecturer learns which mistakes are most worth a lecture, and sees a case of each."""

import pages

from grader.reports.lessons import lessons
from grader.reports.statistics import Tally


def known(slug, kind="mistake"):
    return pages.known(kind, slug)


def summary(*made):
    """Return the summary of submissions. Each is a list of pairs: an exercise, and a known mistake in it."""
    tally = Tally(["one", "two", "three", "four"])
    for number, found in enumerate(made):
        exercises = [
            pages.exercise(name, pages.law("values", "not met", misconception=mistake))
            for name, mistake in found
        ]
        tally.add(str(number), "x", pages.report(*exercises))
    return tally.summary(pages.report().tool, pages.report().course, 20, {"cpu": "judged"})


def chosen(*made):
    return [(one.exercise.id, one.mistake.slug) for one in lessons(summary(*made))]


def test_the_most_frequent_mistake_is_first():
    """The order is the number of submissions, and at most three are shown."""
    assert chosen(
        [("one", known("a")), ("two", known("b")), ("three", known("c")), ("four", known("d"))],
        [("two", known("b")), ("three", known("c")), ("four", known("d"))],
        [("three", known("c"))],
    ) == [("three", "c"), ("two", "b"), ("four", "d")]


def test_a_mistake_comes_before_a_convention():
    """A convention that all use comes after a mistake of one, and the environment comes last."""
    kinds = [("one", known("e", "environment")), ("two", known("c", "convention"))]
    assert chosen(kinds, kinds, [("three", known("m"))]) == [("three", "m"), ("two", "c"), ("one", "e")]


def test_each_is_from_another_exercise():
    """The second mistake of an exercise is left out, even if it is more frequent than those of the others."""
    one = [[("one", known(slug))] for slug in "aaabb"]
    assert chosen(*one, [("two", known("c"))], [("three", known("d"))]) == [
        ("one", "a"),
        ("two", "c"),
        ("three", "d"),
    ]


def test_few_exercises_have_several_lessons():
    """If fewer than three exercises have mistakes, the next mistakes of the same exercises follow."""
    one = [[("one", known(slug))] for slug in "aaabb"]
    assert chosen(*one, [("two", known("c"))]) == [("one", "a"), ("two", "c"), ("one", "b")]


def test_a_case_is_drawn_with_its_sentence():
    """The lesson has the call, the inputs, both values, the sum, and what must be true."""
    tally = Tally(["one"])
    tally.add("ada", "x", pages.everything().report)
    found = tally.summary(pages.report().tool, pages.report().course, 20, {"cpu": "judged"})
    shown = lessons(found)[0].shown
    assert shown.says == "The law values holds."
    assert (shown.call, shown.inputs) == ("f(kernel=[1, 2])", ["x = [3, 4, 5, 6]"])
    assert [side.title for side in shown.sides] == ["Your result", "Expected"]
    assert shown.worked.startswith("cell [1] = kernel[0]·x[1] + kernel[1]·x[2]")
    assert shown.footprint.name == "x"


def test_a_mistake_without_a_case_is_a_lesson_too():
    """Without a case that may be shown, the name and the message remain."""
    (lesson,) = lessons(summary([("one", known("a"))]))
    assert (lesson.mistake.message, lesson.shown) == ("What to know about it.", None)
