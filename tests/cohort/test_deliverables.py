"""From a platform's download to gradebook, pages and back: each file that a lecturer gets."""

import csv
import io
import json
import shutil

import cohorts
import downloads
import pytest
from downloads import PEOPLE

from grader.cohort import report_diff
from grader.cohort.marking import MarkingOptions
from grader.errors import UsageError
from grader.reports.console import ReadersConsole

ROSTER = "id,name,email,login,section\n" + "".join(
    f"u{one.number},{one.name},{one.email},{one.login},A\n" for one in PEOPLE[:-1]
)
ABSENT = "u9,Nobody Here,nobody@example.org,nobody,B\n"
DUE = "2026-12-01T12:00+00:00"


@pytest.fixture
def run(monkeypatch, course, tmp_path):
    def run(path, **chosen):
        return cohorts.run(monkeypatch, path, course, out=tmp_path / "out", **chosen)

    return run


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER + ABSENT, encoding="utf-8")
    return path


@pytest.fixture
def export(tmp_path):
    """A Gradescope export, which tells times. The second learner's answer is wrong."""
    downloads.gradescope(tmp_path / "in")
    wrong = tmp_path / f"in/submission_{PEOPLE[1].number}/toeplitz_1d.py"
    wrong.write_text(wrong.read_text(encoding="utf-8") + "wrong = 1\n", encoding="utf-8")
    return downloads.zipped(tmp_path / "in", tmp_path / "export.zip")


def gradebook(out):
    rows = csv.DictReader(io.StringIO((out / "gradebook.csv").read_text(encoding="utf-8-sig")))
    return {row["id"]: row for row in rows}


def summary(out):
    return json.loads((out / "summary.json").read_bytes())


def test_each_learner_of_the_roster_has_a_row(run, export, roster, tmp_path):
    """The gradebook has everybody: those who submitted, strangers, and those who handed in nothing."""
    said = run(export, roster=roster).said.splitlines()
    assert said[:3] == [
        "Read as Gradescope, “Export Submissions” (gradescope): 7 submissions",
        f"  Not in the roster: submission_{PEOPLE[-1].number}",
        "  In the roster, nothing handed in: Nobody Here",
    ]
    rows = gradebook(tmp_path / "out")
    assert set(rows) == {f"u{one.number}" for one in PEOPLE[:-1]} | {PEOPLE[-1].login, "u9"}
    assert (rows["u5516"]["name"], rows["u5516"]["section"]) == ("王小明", "A")
    assert rows["u9"]["total"] == ""


def test_the_report_carries_id_and_name(run, export, roster, tmp_path):
    """Each report names its learner; the submission's name is that in the download."""
    run(export, roster=roster)
    report = json.loads((tmp_path / "out/reports/submission_5515.json").read_bytes())
    assert report["submission"]["learner"] == "u5515"
    assert report["submission"]["learner_name"] == "Jürgen Großmann"
    assert report["submission"]["name"] == "export.zip/submission_5515"


def test_a_second_run_grades_nothing(run, export, roster, tmp_path):
    """A download in a zip file is resumed like a folder: nothing is graded again, all files stay the same."""
    run(export, roster=roster)
    first = cohorts.contents(tmp_path / "out")
    assert run(export, roster=roster).judged == 0
    assert cohorts.contents(tmp_path / "out") == first


def test_a_new_roster_grades_nothing_again(run, export, roster, tmp_path):
    """A corrected roster changes names in the reports without grading."""
    run(export)
    assert run(export, roster=roster).judged == 0
    report = json.loads((tmp_path / "out/reports/submission_5513.json").read_bytes())
    assert report["submission"]["learner"] == "u5513"


def test_both_sums_stand_in_the_gradebook(run, export, tmp_path):
    """The late rule's deduction stands beside the points before and after it."""
    marking = MarkingOptions(due=DUE, late_per_day=0.1)
    run(export, exercises=("toeplitz_1d",), marking=marking)
    rows = gradebook(tmp_path / "out")
    late = rows["late"]
    columns = ("before late rule", "days late", "deducted", "total", "out of")
    assert [late[column] for column in columns] == ["4", "2", "0.8", "3.2", "4"]
    assert rows["ana"]["days late"] == ""


def test_sums_agree_with_the_reports(run, export, tmp_path):
    """Each total of the gradebook is the sum of its report's points by weight."""
    weights = {"toeplitz_1d": 10.0, "circulant": 2.0}
    exercises = ("toeplitz_1d", "circulant")
    run(export, exercises=exercises, marking=MarkingOptions(weights=weights))
    for row in summary(tmp_path / "out")["submissions"]:
        report = json.loads((tmp_path / "out" / row["report"]).read_bytes())
        shares = {
            one["id"]: one["score"] / one["max_score"] for one in report["exercises"] if one["max_score"]
        }
        expected = sum(weights[name] * share for name, share in shares.items())
        assert row["marks"]["total"] == pytest.approx(expected)
        assert row["marks"]["out_of"] == 12.0


def test_a_change_by_hand_survives_a_new_run(run, export, tmp_path):
    """Changes by hand lie beside the reports, are applied in each run, and are shown in the gradebook."""
    run(export, exercises=("toeplitz_1d",))
    path = tmp_path / "out/overrides.csv"
    text = "learner,exercise,points,comment\nsiobhan,toeplitz_1d,3,nearly right\n"
    path.write_text(text, encoding="utf-8")
    for force in (False, True):
        run(export, exercises=("toeplitz_1d",), force=force)
        row = gradebook(tmp_path / "out")["siobhan"]
        assert (row["toeplitz_1d"], row["total"]) == ("3", "3")
        assert "nearly right" in row["changed by hand"]
    assert path.read_text(encoding="utf-8") == text


def test_a_change_by_hand_is_in_the_diff(run, export, tmp_path):
    """`--diff` shows what changed by hand, although no verdict changed."""
    run(export, exercises=("toeplitz_1d",), marking=MarkingOptions(due=DUE))
    shutil.copytree(tmp_path / "out", tmp_path / "old")
    text = "learner,exercise,points,comment\nsiobhan,toeplitz_1d,3,nearly right\n"
    (tmp_path / "out/overrides.csv").write_text(text, encoding="utf-8")
    run(export, exercises=("toeplitz_1d",), marking=MarkingOptions(due=DUE))
    said = io.StringIO()
    code = report_diff.diff(tmp_path / "old", tmp_path / "out", ReadersConsole(file=said, width=100))
    assert (code, said.getvalue().splitlines()) == (
        0,
        [
            "submission_5514",
            "  changed by hand: toeplitz_1d  2 → 3  nearly right",
            "  points: 2 of 4 → 3 of 4",
            "0 submissions with changed verdicts, 1 with other points, 6 unchanged",
        ],
    )


def test_a_mistake_in_the_changes_grades_nothing(run, export, tmp_path):
    """A mistake in overrides.csv is told before anything is graded."""
    path = tmp_path / "changes.csv"
    path.write_text("learner,exercise,points\neve,toeplitz_1d,3\n", encoding="utf-8")
    pool = cohorts.Pretended(closed=True)
    with pytest.raises(UsageError) as refused:
        run(export, pool=pool, overrides=path)
    assert (refused.value.slug, pool.orders) == ("overrides", [])


def test_the_best_attempt_counts_if_asked(run, tmp_path):
    """Of several attempts, the last counts, or the best."""
    downloads.nbgrader_inbound(tmp_path / "in")
    last = next(
        one for one in (tmp_path / "in").iterdir() if one.name.startswith("ana+") and "11:30" in one.name
    )
    (last / "toeplitz_1d.py").write_text("wrong = 1\n", encoding="utf-8")
    points = {}
    for attempts in ("last", "best"):
        run(tmp_path / "in", exercises=("toeplitz_1d",), marking=MarkingOptions(attempts=attempts))
        points[attempts] = gradebook(tmp_path / "out")["ana"]["total"]
        assert len(gradebook(tmp_path / "out")) == len(PEOPLE)
    first = next(
        one for one in (tmp_path / "in").iterdir() if one.name.startswith("ana+") and "11:29" in one.name
    )
    (first / "toeplitz_1d.py").write_text(downloads.answer(1), encoding="utf-8")
    run(tmp_path / "in", exercises=("toeplitz_1d",), marking=MarkingOptions(attempts="best"))
    assert (points["last"], gradebook(tmp_path / "out")["ana"]["total"]) == ("2", "4")


def test_a_page_for_each_learner(run, export, roster, tmp_path):
    """With --feedback, each learner has a page, and the overview links to it."""
    run(export, roster=roster, feedback="html")
    rows = summary(tmp_path / "out")["submissions"]
    assert [row["page"] for row in rows if row["report"]] == [
        f"feedback/submission_{one.number}.html" for one in PEOPLE
    ]
    overview = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert all(f'href="{row["page"]}"' in overview for row in rows if row["page"])


def test_answers_that_look_alike_are_listed_on_request(run, tmp_path):
    """With --similar there is a page; without it, a page of an earlier run is removed."""
    downloads.plain(tmp_path / "in")
    run(tmp_path / "in", similar=True)
    assert (tmp_path / "out/similar.html").exists()
    assert "similar.html" in (tmp_path / "out/index.html").read_text(encoding="utf-8")
    run(tmp_path / "in")
    assert not (tmp_path / "out/similar.html").exists()


def test_a_dry_run_writes_nothing(run, tmp_path, export, roster):
    """--dry-run lists learners, files and what is left out, and starts no grading."""
    pool = cohorts.Pretended(closed=True)
    said = run(export, pool=pool, dry_run=True, roster=roster).said
    assert not (tmp_path / "out").exists()
    assert pool.orders == []
    assert "Two Files (u5517)" in said
    assert "2026-12-03 11:00" in said
    assert said.splitlines()[-1] == "  submission_5518/notes.pdf: not a .py, .ipynb or .zip file"


def test_many_files_with_one_reason_are_counted(run, tmp_path):
    """Of many files left out for one reason, some are named and the others counted."""
    downloads.moodle(tmp_path / "in")
    name = f"{PEOPLE[0].name}_{PEOPLE[0].number}_assignsubmission_file_"
    downloads.write(tmp_path / "in" / name, {f"picture{number}.png": "" for number in range(30)})
    said = run(tmp_path / "in", pool=cohorts.Pretended(closed=True), dry_run=True).said
    assert said.count(".png: not a") == 20
    assert said.splitlines()[-1] == "  11 more: not a .py, .ipynb or .zip file"


def test_a_change_by_hand_means_all_attempts(run, tmp_path):
    """If the best attempt counts, a learner is still one learner, and a change by hand applies."""
    downloads.nbgrader_inbound(tmp_path / "in")
    (tmp_path / "changes.csv").write_text("learner,exercise,points\nana,toeplitz_1d,3\n", encoding="utf-8")
    best = MarkingOptions(attempts="best")
    run(tmp_path / "in", exercises=("toeplitz_1d",), marking=best, overrides=tmp_path / "changes.csv")
    assert gradebook(tmp_path / "out")["ana"]["total"] == "3"
