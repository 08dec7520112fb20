"""Changes by hand: who and what they mean is checked before anything is graded."""

import pytest

from grader.cohort.overrides import KnownNames, read_overrides
from grader.errors import UsageError
from grader.report_model import Learner
from grader.reports.marks import Override

PEOPLE = [
    ("Ana_5513", Learner(id="u1", name="Ana Lovelace", login="ana", email="ana@example.org")),
    ("Bob_5514", Learner(id="u2", name="Bob", login="bob")),
    ("Bob_5515", Learner(id="u3", name="Bob", login="bobby")),
]
EXERCISES = ["toeplitz_1d", "circulant"]


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "overrides.csv"
        path.write_text(text, encoding="utf-8")
        return read_overrides(path, KnownNames.of(PEOPLE), EXERCISES)

    return read


@pytest.mark.parametrize("name", ["u1", "ANA", "ana@example.org", "Ana Lovelace", "Ana_5513"])
def test_a_learner_by_any_name(read, name):
    """A learner may be named by id, login, address, name or submission."""
    found = read(f"learner,exercise,points,comment\n{name},toeplitz_1d,7.5,by hand\n")
    assert found == {"Ana_5513": [Override(name, "toeplitz_1d", 7.5, "by hand")]}


def test_all_mistakes_are_told_at_once(read):
    """The error lists the lines with a mistake, and what was probably meant."""
    with pytest.raises(UsageError) as refused:
        read(
            "learner,exercise,points\n"
            "eve,toeplitz_1d,1\n"
            "ana,toeplits_1d,1\n"
            "Bob,circulant,1\n"
            "ana,circulant,many\n"
            "ana,circulant,-1\n"
        )
    assert refused.value.found == (
        "line 2: `eve` is no learner of this cohort\n"
        "line 3: `toeplits_1d` is no exercise; did you mean `toeplitz_1d`?\n"
        "line 4: `Bob` can be several learners: Bob_5514, Bob_5515\n"
        "and 2 more"
    )


def test_a_second_change_is_a_mistake(read):
    """Two changes of one exercise for one learner contradict each other."""
    with pytest.raises(UsageError) as refused:
        read("learner,exercise,points\nana,circulant,1\nu1,circulant,2\n")
    assert refused.value.found == "line 3: a second change of `circulant` for `u1`"


def test_columns_are_needed(read):
    """Learner, exercise and points are needed; a comment isn't."""
    assert read("points,exercise,learner\n1,circulant,ana\n")["Ana_5513"][0].comment == ""
    with pytest.raises(UsageError) as refused:
        read("learner,points\nana,1\n")
    assert refused.value.found == "no column `exercise`"


def test_as_excel_writes_it(read):
    """Excel writes semicolons and a decimal comma in many countries; the case of a column doesn't matter."""
    found = read("Learner;Exercise;Points;Comment\nana;circulant;4,5;nearly\n")
    assert found == {"Ana_5513": [Override("ana", "circulant", 4.5, "nearly")]}


@pytest.mark.parametrize("points", ["1_0", "1e3", "nan", "inf", "", "1,2,3"])
def test_other_numbers_are_mistakes(read, points):
    """Points are digits with at most one decimal point or comma."""
    with pytest.raises(UsageError):
        read(f"learner;exercise;points\nana;circulant;{points}\n")
