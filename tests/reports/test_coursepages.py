"""The course's pages are small, work without scripts and contain no text of the reference."""

import html
import re
import shutil

import pytest

from grader.course import load_course
from grader.exercises import read_text
from grader.reports import coursepages


@pytest.fixture(scope="module")
def site(course):
    return coursepages.files(course)


def test_there_is_a_page_for_each_exercise(course, site):
    """The site has a page and a stub file for each exercise, an index and the laboratory."""
    for name, one in course.exercises.items():
        assert f"exercises/{name}.html" in site
        assert site[f"stubs/{name}.py"] == read_text(one.stub)
    assert {"index.html", "laboratory.html", "site.css"} <= set(site)


def test_every_link_leads_somewhere(site):
    """Every link leads to a file in the site or to an anchor on the page."""
    for place, text in site.items():
        if not place.endswith(".html") or place == "laboratory.html":
            continue
        folder = place.rpartition("/")[0]
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            file, _, anchor = target.partition("#")
            path = (
                file.removeprefix("../") if file.startswith("../") else "/".join(filter(None, (folder, file)))
            )
            assert not file or path in site, (place, target)
            assert file or f'id="{anchor}"' in text or f"id={anchor}" in text, (place, target)


def test_a_page_holds_what_a_learner_needs(course, site):
    """A page has the statement, hints, property sentences, stub and the exercises that come before."""
    for name, one in course.exercises.items():
        page = site[f"exercises/{name}.html"]
        assert [f"Hint {number} of {len(one.hints)}" in page for number in range(1, len(one.hints) + 1)] == [
            True
        ] * len(one.hints)
        assert all(
            str(html.escape(law.says, quote=False))
            in html.unescape(page).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            for law in one.laws
        )
        assert all(f'href="{after}.html"' in page for after in one.settings.after)
        assert html.unescape(page).count(read_text(one.stub)) == 1


def test_hints_are_opened_one_at_a_time(site):
    """Each hint is nested in the one before it, so the second can't be opened before the first."""
    page = site["exercises/toeplitz_1d.html"]
    opened = re.findall(r"<(/?details)[^>]*>", page)
    assert opened == ["details"] * 4 + ["/details"] * 4


def test_pages_are_small_and_need_no_script(site):
    """Each page is under 300 KB and has no scripts, inline styles or external resources."""
    for place, text in site.items():
        assert len(text.encode()) < 300_000
        if place.endswith(".html") and place != "laboratory.html":
            assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?:", text)
            assert "default-src 'none'; style-src 'self' file:; img-src 'self' file:" in html.unescape(text)


def test_nothing_of_the_reference_is_needed(tmp_path, root, site):
    """The pages are the same without a reference."""
    shutil.copytree(root / "exercises", tmp_path / "exercises", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    assert coursepages.files(load_course(tmp_path)) == site


def test_solutions_are_shown_when_asked_for(course, site):
    """With solutions, every page ends with the reference; without them, no page contains any of it."""
    with_them = coursepages.files(course, solutions=True)
    for name, one in course.exercises.items():
        place, solution = f"exercises/{name}.html", read_text(one.solution)
        assert solution.rstrip() in html.unescape(with_them[place])
        assert solution.rstrip() not in html.unescape(site[place])


def test_what_is_hidden_stays_hidden(own_course):
    """A hidden property is shown only together with the solutions."""
    tests = own_course / "exercises/toeplitz_1d/test_toeplitz_1d.py"
    text = tests.read_text(encoding="utf-8")
    tests.write_text(text.replace("@points(3)", "@points(3, hidden=True)", 1), encoding="utf-8")
    course = load_course(own_course)
    [secret] = [law.says for law in course.exercises["toeplitz_1d"].laws if law.hidden]
    place = "exercises/toeplitz_1d.html"
    assert secret not in coursepages.files(course)[place]
    assert (
        f"{secret} <span class=soft>(hidden from learners)</span>"
        in coursepages.files(course, solutions=True)[place]
    )


def test_the_pages_are_the_same_each_time(course, site):
    """Two sites built from one course are identical byte for byte."""
    assert coursepages.files(course) == site
