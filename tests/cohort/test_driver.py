"""A cohort run: each submission is graded once, kept while nothing changes, and independent of all others."""

import csv
import io
import json
import shutil

import cohorts
import msgspec
import pages
import pytest
from msgspec import structs

from grader.cohort import driver, grade_all
from grader.course import load_course
from grader.errors import GraderError, UsageError
from grader.protocol import RunnerFailed
from grader.report_model import SourceError
from grader.service.task import Judged, Unfit

NOTHING = "no file that is named after an exercise, and none that defines an exercise's functions"
FAILED = RunnerFailed.of(
    GraderError("properties", found="no law", where="test_one.py", expected="a law", remedy="mend it")
)


@pytest.fixture
def folder(tmp_path):
    """Three submissions: one correct, one wrong, one without an answer."""
    place = tmp_path / "handed_in"
    cohorts.submission(place, "ada")
    cohorts.submission(place, "bob", "wrong = 1\n")
    (place / "eve").mkdir()
    (place / "eve/notes.txt").touch()
    return place


@pytest.fixture
def run(monkeypatch, course):
    return lambda folder, pool=None, **chosen: cohorts.run(monkeypatch, folder, course, pool, **chosen)


def out_of(folder):
    return folder.parent / f"{folder.name}-reports"


def report(folder, name):
    return json.loads((out_of(folder) / f"reports/{name}.json").read_bytes())


def test_all_that_is_written(run, folder):
    """A cohort writes a report for each graded submission, a summary, a gradebook, a page, and nothing else."""
    ran = run(folder)
    assert (ran.code, ran.judged) == (1, 2)
    assert set(cohorts.contents(out_of(folder))) == {
        "reports/ada.json",
        "reports/bob.json",
        "summary.json",
        "gradebook.csv",
        "index.html",
    }
    summary = json.loads((out_of(folder) / "summary.json").read_bytes())
    assert [(row["name"], row["status"], row["score"]) for row in summary["submissions"]] == [
        ("ada", "met", 4.0),
        ("bob", "not met", 2.0),
        ("eve", "not judged", 0.0),
    ]
    assert summary["submissions"][2]["trouble"]["slug"] == "empty-submission"


def test_what_is_said(run, folder):
    """Without a terminal, plain lines without control codes show the progress and the final counts."""
    (folder / "list.txt").touch()
    said = run(folder).said
    out = out_of(folder)
    assert said.splitlines() == [
        "1 of 3: 1 not tested",
        "2 of 3: 1 all correct, 1 not tested",
        "3 of 3: 1 all correct, 1 not all correct, 1 not tested",
        "3 submissions: 1 all correct, 1 with something wrong, 1 not tested",
        f"  eve: {NOTHING} ({folder}/eve)",
        "Left out: list.txt, not a folder, .py, .ipynb or .zip file",
        "",
        "Tests that failed most often",
        "1 of 2  toeplitz_1d: values  The law values holds.  ",
        "",
        "Most frequent mistakes",
        "1 of 2  toeplitz_1d  a mistake of many  ",
        "",
        f"{out}/index.html, gradebook.csv, summary.json, reports/",
    ]


def test_a_second_run_judges_nothing(run, folder):
    """A second run keeps all reports byte for byte and writes identical other files."""
    run(folder)
    first = cohorts.contents(out_of(folder))
    ran = run(folder)
    assert (ran.code, ran.judged) == (1, 0)
    assert cohorts.contents(out_of(folder)) == first


@pytest.mark.parametrize("damage", ["deleted", "emptied", "halved", "another's"])
def test_a_lost_report_is_made_again(run, folder, damage):
    """Only missing, damaged or foreign reports are written again."""
    run(folder)
    first = cohorts.contents(out_of(folder))
    place, other = (out_of(folder) / f"reports/{name}.json" for name in ("ada", "bob"))
    if damage == "deleted":
        place.unlink()
    else:
        whole = place.read_bytes()
        place.write_bytes(
            {"emptied": b"", "halved": whole[: len(whole) // 2]}.get(damage, other.read_bytes())
        )
    assert run(folder).judged == 1
    assert cohorts.contents(out_of(folder)) == first


def test_what_has_changed_is_judged_again(run, folder):
    """Submissions are graded again if text, exercise, seed or device change, and with --force."""
    run(folder)
    (folder / "ada/toeplitz_1d.py").write_text("wrong = 2\n", encoding="utf-8")
    assert run(folder).judged == 1
    assert run(folder, seed="21").judged == 2
    assert run(folder, seed="21").judged == 0
    there = msgspec.structs.replace(cohorts.OPENED, devices={"cpu": "judged", "cuda": "judged"})
    assert run(folder, cohorts.Pretended(opened=there), seed="21").judged == 2
    assert run(folder, cohorts.Pretended(opened=there), seed="21").judged == 0
    assert run(folder, cohorts.Pretended(opened=there), seed="21", force=True).judged == 2
    cohorts.submission(folder, "ada/more", exercise="toeplitz_2d")
    shutil.move(folder / "ada/more/toeplitz_2d.py", folder / "ada")
    ran = run(folder, cohorts.Pretended(opened=there), seed="21")
    assert [[job.exercise for job in order.jobs] for order in ran.pool.orders] == [
        ["toeplitz_1d", "toeplitz_2d"]
    ]


def test_a_moved_folder_changes_its_name_alone(run, folder):
    """A moved folder isn't graded again; its reports contain the new path."""
    run(folder)
    before = report(folder, "ada")
    moved = folder.rename(folder.with_name("elsewhere"))
    ran = run(moved, out=out_of(folder))
    after = report(folder, "ada")
    assert ran.judged == 0
    assert after["submission"].pop("name") == str(moved / "ada")
    assert before["submission"].pop("name") == str(folder / "ada")
    assert after == before


def test_a_submission_that_can_no_longer_be_judged_has_no_report(run, folder):
    """If a submission can no longer be graded, its old report is removed, as it would look current."""
    run(folder)
    (folder / "ada/toeplitz_1d.py").unlink()
    ran = run(folder)
    assert ran.judged == 0
    assert not (out_of(folder) / "reports/ada.json").exists()
    assert f"ada, eve: {NOTHING}" in ran.said or f"ada: {NOTHING}" in ran.said


def test_only_the_exercise_that_was_asked_for(run, folder):
    """With --exercise, no other exercise is graded; submissions without an answer to it are listed."""
    cohorts.submission(folder, "kim", exercise="toeplitz_2d")
    ran = run(folder, exercises=("toeplitz_2d",))
    assert [[job.exercise for job in order.jobs] for order in ran.pool.orders] == [["toeplitz_2d"]]
    summary = json.loads((out_of(folder) / "summary.json").read_bytes())
    assert [row["trouble"] and row["trouble"]["slug"] for row in summary["submissions"]] == [
        "no-answer",
        "no-answer",
        "no-answer",
        None,
    ]


def test_every_kind_of_submission_is_read(run, tmp_path):
    """Folders, single files and notebooks are read; an empty folder is reported as empty."""
    folder = tmp_path / "handed_in"
    cohorts.submission(folder, "ada")
    (folder / "empty").mkdir()
    (folder / "toeplitz_1d.py").write_text("x = 1\n", encoding="utf-8")
    (folder / "kim.py").write_text("def build_toeplitz_1d(kernel, n): ...\n", encoding="utf-8")
    cell = {
        "cell_type": "code",
        "source": "def build_toeplitz_1d(kernel, n): ...\n",
        "metadata": {},
        "outputs": [],
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "zoe.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    assert run(folder).judged == 4
    summary = json.loads((out_of(folder) / "summary.json").read_bytes())
    assert {row["name"]: row["trouble"] and row["trouble"]["slug"] for row in summary["submissions"]} == {
        "ada": None,
        "empty": "empty-submission",
        "kim.py": None,
        "toeplitz_1d.py": None,
        "zoe.ipynb": None,
    }


def test_hostile_names_reach_no_reader(run, tmp_path):
    """A name with invalid UTF-8, terminal commands or a formula is harmless in every output file."""
    folder = tmp_path / "handed_in"
    for name in (b"caf\xe9", b"\x1b[31mred", b"a\n::error::taken over", b"=1+1", b"<script>", b"x\xff.py"):
        if name.endswith(b".py"):
            (folder / name.decode("utf-8", "surrogateescape")).write_bytes(
                b"def build_toeplitz_1d(k, n): ..."
            )
        else:
            cohorts.submission(folder, name, "wrong\n")
    (folder / b"\xfe\x1b]0;owned\x07".decode("utf-8", "surrogateescape")).mkdir()
    ran = run(folder)
    assert ran.judged == 6
    assert "\x1b" not in ran.said
    assert "\n::" not in ran.said
    written = b"".join(cohorts.contents(out_of(folder)).values())
    assert b"\x1b" not in written
    assert b"<script" not in (out_of(folder) / "index.html").read_bytes()
    rows = csv.reader(io.StringIO((out_of(folder) / "gradebook.csv").read_text(encoding="utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_submission_called_summary_is_one_like_any_other(run, tmp_path):
    """No submission's report has the name of one of the cohort's own files."""
    for name in ("summary", "index.html", "reports", "gradebook.csv"):
        cohorts.submission(tmp_path / "handed_in", name)
    ran = run(tmp_path / "handed_in")
    assert (ran.code, ran.judged) == (0, 4)
    assert len(cohorts.contents(tmp_path / "handed_in-reports")) == 7


@pytest.mark.parametrize("given", [".", "..", "../handed_in", "below/.."])
def test_the_reports_lie_beside_the_folder(run, folder, monkeypatch, given):
    """The reports are next to the folder, under its name, however its path is spelled."""
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below" if given == ".." else folder)
    run(type(folder)(given))
    assert (out_of(folder) / "reports/ada.json").is_file()
    assert sorted(one.name for one in folder.iterdir()) == ["ada", "below", "bob", "eve"]


@pytest.mark.parametrize(
    ("texts", "exit_zero", "code"),
    [
        (["right"], False, 0),
        (["right", "wrong"], False, 1),
        (["right", "wrong"], True, 0),
        (["\0" * 300_000], True, 0),
    ],
)
def test_exit_codes(run, tmp_path, texts, exit_zero, code):
    """The exit code is 0 if all is met, 1 if something is not met or not graded, and 0 with --exit-zero."""
    for number, text in enumerate(texts):
        cohorts.submission(tmp_path / "handed_in", f"learner{number}", text)
    assert run(tmp_path / "handed_in", exit_zero=exit_zero).code == code


@pytest.mark.parametrize("exit_zero", [False, True])
def test_what_the_grader_could_not_do_is_its_own(run, folder, exit_zero):
    """If the course or a process fails, the other submissions are graded, and the exit code is always 3."""

    def find(order):
        return FAILED if "wrong" in order.jobs[0].source.text else cohorts.found(order)

    ran = run(folder, cohorts.Pretended(find), exit_zero=exit_zero)
    assert ran.code == 3
    assert "bob: no law (test_one.py)" in ran.said
    assert sorted(cohorts.contents(out_of(folder) / "reports")) == ["ada.json"]
    assert run(folder).judged == 1


def test_one_reason_is_said_once(run, tmp_path):
    """Submissions that can't be graded for the same reason share one line."""
    for number in range(8):
        cohorts.submission(tmp_path / "handed_in", f"learner{number}")
    said = run(tmp_path / "handed_in", cohorts.Pretended(lambda order: FAILED)).said
    assert "  learner0, learner1, learner2, learner3, learner4 and 3 more: no law (test_one.py)\n" in said


def test_an_executor_that_fails_fails_one(run, folder):
    """An exception in the executor for one submission doesn't stop the others."""

    def find(order):
        if "wrong" in order.jobs[0].source.text:
            raise RuntimeError("no more workers")
        return cohorts.found(order)

    ran = run(folder, cohorts.Pretended(find))
    assert ran.code == 3
    assert "bob: RuntimeError: no more workers" in ran.said
    assert sorted(cohorts.contents(out_of(folder) / "reports")) == ["ada.json"]


def test_a_machine_that_can_judge_nothing_ends_the_cohort(run, folder):
    """If a machine lacks the course, the cohort ends with one error about it, not one per submission."""
    unfit = Unfit("far-away", FAILED)
    with pytest.raises(GraderError) as refused:
        run(folder, cohorts.Pretended(lambda order: unfit))
    assert refused.value.where == "test_one.py (on far-away)"
    assert not (out_of(folder) / "summary.json").exists()


def test_who_ran_out_of_time_is_tried_once_more(run, folder):
    """A submission that ran out of time is graded again after all others, and the second result counts."""
    tried = []

    def find(order):
        (job,) = order.jobs
        tried.append(job.source.text)
        law = pages.law("values", "not met", cause="timeout") if len(tried) == 1 else pages.law("values")
        return Judged(cohorts.OPENED, [pages.exercise(job.exercise, law)])

    run(folder, cohorts.Pretended(find))
    assert tried == ["right = 1\n", "wrong = 1\n", "right = 1\n"]
    assert [report(folder, name)["score"] for name in ("ada", "bob")] == [2.0, 2.0]


def test_who_is_late_twice_is_too_slow(run, folder):
    """There are only two tries; the second one's report is kept like any other."""

    def find(order):
        law = pages.law("values", "not met", cause="timeout")
        return Judged(cohorts.OPENED, [pages.exercise(order.jobs[0].exercise, law)])

    assert run(folder, cohorts.Pretended(find)).judged == 4
    assert report(folder, "ada")["exercises"][0]["properties"][0]["cause"] == "timeout"
    assert run(folder, cohorts.Pretended(find)).judged == 0


@pytest.mark.parametrize("differs", ["environment", "devices"])
def test_a_machine_with_other_versions_is_refused(run, folder, differs):
    """A machine with other versions or devices is an error, and finished reports are kept."""
    other = {
        "environment": structs.replace(cohorts.OPENED.environment, torch="1.0"),
        "devices": {"cpu": "judged", "cuda": "judged"},
    }[differs]

    class Another(cohorts.Pretended):
        def submit(self, function, payload, /, *arguments, **named):
            if self.orders:
                self.opened = structs.replace(cohorts.OPENED, **{differs: other})
            return super().submit(function, payload, *arguments, **named)

    with pytest.raises(GraderError) as refused:
        run(folder, Another())
    assert refused.value.slug == "another-machine"
    assert ("torch 1.0" in refused.value.found) == (differs == "environment")
    assert sorted(cohorts.contents(out_of(folder) / "reports")) == ["ada.json"]


def test_a_statement_that_is_reworded_changes_no_report(folder, own_course, monkeypatch):
    """Only a change to an exercise's own tests requires new reports; a reworded statement doesn't."""

    def judged():
        loaded = load_course(own_course)
        return cohorts.run(monkeypatch, folder, loaded).judged

    assert judged() == 2
    for changed, again in (
        ("toeplitz_1d/README.md", 0),
        ("im2col/test_im2col.py", 0),
        ("toeplitz_1d/test_toeplitz_1d.py", 2),
    ):
        with (own_course / "exercises" / changed).open("a") as file:
            file.write("\n")
        assert judged() == again, changed


def test_whoever_waits_in_vain_is_told(run, folder, monkeypatch):
    """The console prints one line when all workers are gone and one when a worker is back."""
    monkeypatch.setattr(grade_all, "SILENCE", 0.01)
    pool = cohorts.Absent(asked_in_vain=5)
    ran = run(folder, pool)
    said = ran.said.splitlines()
    assert said[:3] == [
        "1 of 3: 1 not tested",
        "No worker is left. Waiting for one.",
        "A worker is back: grading continues.",
    ]
    assert ran.judged == 2


def test_a_full_disk_ends_the_cohort(run, folder):
    """A full disk ends the cohort with an error, and the next run resumes."""
    with cohorts.room_for(512), pytest.raises(GraderError) as refused:
        run(folder)
    assert refused.value.slug == "unwritable-report"
    assert "--json-dir" in refused.value.remedy
    assert cohorts.contents(out_of(folder)) == {}
    assert run(folder).judged == 2


def test_no_folder_is_a_slip(course):
    """The error for a missing folder explains what a cohort folder is."""
    with pytest.raises(UsageError) as refused:
        driver.cohort(None, course, driver.RunOptions(), driver.CohortOptions(), None)
    assert refused.value.slug == "no-cohort"


def test_only_a_few_are_read_ahead(run, tmp_path, monkeypatch):
    """Only as many submissions are read ahead as are needed to keep the lanes busy."""
    for number in range(40):
        cohorts.submission(tmp_path / "handed_in", f"learner{number:02}")
    most = []
    wait = grade_all.wait
    monkeypatch.setattr(
        grade_all,
        "wait",
        lambda running, *rest, **more: most.append(len(running)) or wait(running, *rest, **more),
    )
    assert run(tmp_path / "handed_in").judged == 40
    assert max(most) == 2 * grade_all.AHEAD


def test_a_terminal_sees_a_bar(run, folder):
    """A terminal shows a progress bar and clears it at the end."""
    said = run(folder, terminal=True).said
    assert "3/3" in said
    assert "1 of 3" not in said


def test_a_report_says_whose_it_is(run, tmp_path):
    """Reports take the learner's name from the folder or file, so an export doesn't need the path."""
    place = tmp_path / "handed_in"
    cohorts.submission(place, "ada")
    (place / "bob.py").write_text("def build_toeplitz_1d(kernel, n): pass\n")
    run(place)
    learners = [report(place, name)["submission"]["learner"] for name in ("ada", "bob.py")]
    assert learners == ["ada", "bob"]


def test_who_has_left_is_set_aside(run, folder):
    """The report of a removed submission is listed, kept in set-aside/, and left out of the gradebook."""
    run(folder)
    shutil.rmtree(folder / "bob")
    said = run(folder).said
    assert "Reports moved to set-aside/, because the submission is gone: bob" in said
    assert not (out_of(folder) / "reports/bob.json").exists()
    assert (out_of(folder) / "set-aside/bob.json").exists()
    assert "set aside" not in run(folder).said


@pytest.mark.parametrize("seed", ["random", None])
def test_a_drawn_seed_is_the_same_when_a_run_goes_on(run, folder, seed):
    """Without --seed the seed is drawn; a resumed run keeps it, and `--force` draws a new one."""
    first = run(folder, seed=seed)
    again = run(folder, seed=seed)
    assert (first.judged, again.judged) == (2, 0)
    seeds = {report(folder, name)["seed"] for name in ("ada", "bob")}
    assert len(seeds) == 1
    run(folder, seed=seed, force=True)
    assert {report(folder, name)["seed"] for name in ("ada", "bob")} != seeds


def test_what_is_missing_of_an_assignment(run, folder):
    """Each requested exercise counts, and the output shows how many were handed in."""
    ran = run(folder, exercises=("toeplitz_1d", "circulant"))
    assert "  ada: 1 of 2 exercises submitted" in ran.said
    rows = {
        row["name"]: row for row in json.loads((out_of(folder) / "summary.json").read_bytes())["submissions"]
    }
    assert rows["ada"]["missing"] == ["circulant"]
    assert "1 of 2 handed in" in (out_of(folder) / "index.html").read_text()


def test_what_does_not_run_is_told_apart(run, folder):
    """A file that raises when it runs is distinguished from a wrong answer, in the terminal and on the page."""

    def found(order):
        judged = cohorts.found(order)
        error = SourceError(type="NameError", message="no", line=1, source="x")
        return structs.replace(
            judged, results=[structs.replace(one, error=error, status="not met") for one in judged.results]
        )

    said = run(folder, cohorts.Pretended(find=found)).said
    assert "  These don't run: ada, bob\n" in said
    assert (out_of(folder) / "index.html").read_text().count(">doesn't run <code>") == 2
