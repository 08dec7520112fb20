"""The roster gives submissions their learners, in whatever form a platform writes it."""

import pytest

from grader.cohort.roster import read_roster
from grader.errors import UsageError
from grader.report_model import Learner

OWN = """id,name,email,login,section
u1,Ana Lovelace,ana@example.org,ana,A
u2,Siobhán O'Brien,siobhan@example.org,siobhan,A
u3,Jürgen Großmann,juergen@example.org,juergen,B
u4,王小明,wang@example.org,wang,B
"""
# Moodle's grading worksheet.
WORKSHEET = """Identifier,Full name,Email address,Status,Grade
Participant 5513,Ana Lovelace,ana@example.org,Submitted for grading,
Participant 5514,Siobhán O'Brien,siobhan@example.org,Submitted for grading,
"""
# Canvas's gradebook: the first data row holds the points.
GRADEBOOK = """Student,ID,SIS User ID,SIS Login ID,Section,Toeplitz (4711)
    Points Possible,,,,,10
"Lovelace, Ada",4711,u1,ada,S1,
"""


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "roster.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_roster(path)

    return read


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Learner(id="u1"), "u1"),
        (Learner(id="ANA"), "u1"),
        (Learner(id="siobhan@example.org"), "u2"),
        (Learner(id="7", name="x", email="Juergen@Example.org"), "u3"),
        (Learner(id="5513", name="Ana Lovelace"), "u1"),
        (Learner(id="5513", name="Lovelace, Ana"), "u1"),
        (Learner(id="4711", name="lovelaceana"), "u1"),
        (Learner(id="4711", name="obriensiobhán"), "u2"),
        (Learner(id="4711", name="Siobhan O\u2019Brien"), "u2"),
        (Learner(id="4711", name="großmannjürgen"), "u3"),
        (Learner(id="4711", name="Ju\u0308rgen Großmann"), "u3"),
        (Learner(id="4711", name="王小明"), "u4"),
        (Learner(id="eve", name="Eve"), None),
        (Learner(id="4711", name="Ana"), None),
    ],
)
def test_a_submission_finds_its_learner(read, told, expected):
    """Ids, logins and addresses decide; then the name in any order, without accents and signs."""
    found = read(OWN).find(told)
    assert (found and found.id) == expected


def test_a_platforms_number_is_no_schools_number(read):
    """A school may use the platform's numbers for others. Then the name decides."""
    roster = read("id,name\n7,Carla Other\n1,Ana Lovelace\n")
    assert roster.find(Learner(id="7", name="Ana Lovelace", platform="7")).id == "1"
    assert roster.find(Learner(id="7", name="lovelaceana", platform="7")).id == "1"
    assert roster.find(Learner(id="7", name="Carla Other", platform="7")).id == "7"


def test_a_large_roster(read):
    """A roster may be of a whole university."""
    rows = "".join(f"{number},Name {number}\n" for number in range(20000))
    roster = read("id,name\n" + rows)
    assert [roster.find(Learner(id=str(number))).id for number in range(0, 20000, 50)]


def test_letters_that_a_keyboard_lacks(read):
    """`Juergen Mueller` is Jürgen Müller."""
    assert read("id,name\n1,Jürgen Müller\n").find(Learner(id="x", name="Juergen Mueller")).id == "1"


def test_two_learners_of_one_name(read):
    """If two learners have the same name, neither is taken."""
    roster = read("id,name\n1,Ana Lovelace\n2,Ana Lovelace\n")
    assert roster.find(Learner(id="5513", name="Ana Lovelace")) is None
    assert roster.find(Learner(id="2")).id == "2"


def test_the_platforms_number_is_kept(read):
    """The download's own number stays with the learner: the platform asks for it when grades come back."""
    found = read(OWN).find(Learner(id="5513", name="Ana Lovelace", platform="5513"))
    assert (found.id, found.platform, found.section) == ("u1", "5513", "A")


def test_moodles_worksheet_is_a_roster(read):
    """Moodle's grading worksheet tells each participant's number."""
    found = read(WORKSHEET).find(Learner(id="5514", name="somebody", platform="5514"))
    assert (found.name, found.email, found.platform) == ("Siobhán O'Brien", "siobhan@example.org", "5514")


def test_canvas_gradebook_is_a_roster(read):
    """Canvas's gradebook tells its own number, the SIS id, the login and the section."""
    roster = read(GRADEBOOK)
    assert roster.learners == (
        Learner(id="u1", name="Lovelace, Ada", login="ada", section="S1", platform="4711"),
    )


@pytest.mark.parametrize(
    "content",
    [
        OWN.replace(",", ";"),
        OWN.replace(",", "\t"),
        OWN.encode("utf-8-sig"),
        OWN.encode("utf-16"),
        OWN.replace("\n", "\r\n"),
        "sep=;\n" + OWN.replace(",", ";"),
        "section,login,email,name,id\nA,ana,ana@example.org,Ana Lovelace,u1\n",
        "Surname,First name,Email address,ID number\nLovelace,Ana,ana@example.org,u1\n",
    ],
)
def test_columns_by_name_in_any_form(read, content):
    """Columns are found by name, in any order, with any separator and encoding that Excel writes."""
    assert read(content).find(Learner(id="u1")).name == "Ana Lovelace"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "an empty file"),
        ("colour,size\nred,1\n", "the columns colour, size"),
        ("id,name\n1,A\n1,B\n", "`1` occurs 2 times"),
    ],
)
def test_a_file_that_is_no_roster(read, content, found):
    """A file without useful columns, or with one learner twice, gets an error that says so."""
    with pytest.raises(UsageError) as refused:
        read(content)
    assert refused.value.found == found


def test_a_roster_that_is_missing(tmp_path):
    """A missing file gets an error that names the option."""
    with pytest.raises(UsageError) as refused:
        read_roster(tmp_path / "none.csv")
    assert "--roster" in refused.value.remedy
