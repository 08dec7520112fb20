"""The address of the course's pages: from the option, else from the course's settings, else none."""

import re

import pytest

from grader.course import load_course
from grader.errors import UsageError
from grader.learner import lab_address


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/laboratory.html").touch()
    return tmp_path / "site"


def test_without_a_site_there_is_no_laboratory(course):
    """Without a site in the course's settings, a plain run shows no links."""
    assert lab_address.laboratory(course) is None


def test_what_was_asked_for_must_be_there(course, site):
    """If the given folder has no laboratory, the error explains what to do."""
    assert lab_address.laboratory(course, str(site)).base == site.as_uri() + "/"
    assert lab_address.laboratory(course, "https://a.b").base == "https://a.b/"
    with pytest.raises(UsageError, match=r"`nowhere` has no laboratory\.html"):
        lab_address.laboratory(course, "nowhere")


def test_what_the_course_names_may_come_later(own_course, site):
    """A folder in the settings is relative to the course and is used once it exists."""
    settings = own_course / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[tool.grader]\n", '[tool.grader]\nsite = "pages"\n'), encoding="utf-8")
    assert lab_address.laboratory(load_course(own_course)) is None
    site.rename(own_course / "pages")
    assert lab_address.laboratory(load_course(own_course)).base == (own_course / "pages").as_uri() + "/"


def test_cases_are_linked_in_the_terminal_and_on_the_page(run_grade, root, site, tmp_path):
    """Each case in the report file has an address; on the page the address is a relative link."""
    page = tmp_path / "report.html"
    done = run_grade("run", root / "submissions/mistakes/toeplitz_1d.py", "--site", site, "--html", page)
    assert done.returncode == 1, done.stderr
    cases = ["x=1,2,3,4&h=1,2&at=0", "x=1,2&h=1,2&at=0", "x=1,2,3,4&h=1,2"]
    # In the terminal, one case stands for all failures with the same cause.
    assert re.findall(r"    see it: (.*)", done.stdout) == [f"{site.as_uri()}/laboratory.html#{cases[0]}"]
    links = re.findall(
        r'<a href="([^"#]+)#([^"]*)">Open this case in the laboratory</a>', page.read_text(encoding="utf-8")
    )
    assert links == [("site/laboratory.html", one.replace("&", "&amp;")) for one in cases]
