"""`grade pack`: the upload holds everything that a platform needs, and its scripts work there."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import exporting
import pytest

from grader.authoring import pack
from grader.course import load_course

ROOT = Path(__file__).resolve().parents[2]
MINI = ROOT / "tests/minicourse"
RIGHT = MINI / "submissions/right"


def stand_in(path):
    """Write a `grade` command that runs the tested code; it replaces the installed one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec {sys.executable} -m grader "$@"\n')
    path.chmod(0o755)
    return path


def packed(platform, out, say, *more):
    done = say("pack", platform, "-o", out, "--course", MINI, "--require-isolation", "process", *more)
    assert done.code == 0, done.stderr
    return done.stdout


@pytest.fixture
def image(tmp_path, say):
    """The image that Gradescope makes from the archive, without the installation."""
    root = tmp_path / "autograder"
    packed("gradescope", tmp_path / "autograder.zip", say, "-e", "ranks")
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        for entry in archive.infolist():
            Path(archive.extract(entry, root / "source")).chmod(entry.external_attr >> 16 & 0o777)
    shutil.copy(root / "source/run_autograder", root)
    stand_in(root / "venv/bin/grade")
    (root / "results").mkdir()
    (root / "submission").mkdir()
    return root


def autograded(image):
    """Run the autograder as Gradescope does. Return its exit code and its outputs."""
    done = subprocess.run(
        [image / "run_autograder"],
        cwd=image,
        env={**os.environ, "AUTOGRADER": str(image)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    results = image / "results/results.json"
    return done, results.read_text(encoding="utf-8") if results.exists() else None


@pytest.fixture
def checkout(tmp_path, say):
    """A learner's checkout, with the bundle next to it."""
    packed("classroom50", tmp_path / "bundle", say, "-e", "ranks")
    folder = tmp_path / "checkout"
    folder.mkdir()
    git = ["git", "-c", "user.name=ada", "-c", "user.email=ada@example.org", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    at = {"GIT_AUTHOR_DATE": "2026-11-20T08:00:00+0200", "GIT_COMMITTER_DATE": "2026-11-20T08:00:00+0200"}
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], env={**os.environ, **at}, check=True)
    return folder


def classroom(checkout):
    command = stand_in(checkout.parent / "grade")
    return subprocess.run(
        [sys.executable, checkout.parent / "bundle/autograder.py"],
        cwd=checkout,
        env={**os.environ, **exporting.RUNNER, "GRADER_COMMAND": str(command)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_archive_has_what_gradescope_wants(tmp_path, say):
    """setup.sh and run_autograder are executable at the archive's root, and the course is complete."""
    said = packed("gradescope", tmp_path / "a.zip", say)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        modes = {one.filename: one.external_attr >> 16 for one in archive.infolist()}
        archive.extractall(tmp_path / "a")
    assert modes["setup.sh"] == modes["run_autograder"] == 0o100755
    assert not any("__pycache__" in name or "/." in name for name in modes)
    course = load_course(tmp_path / "a/course")
    assert list(course.exercises) == list(load_course(MINI).exercises)
    assert course._digests == load_course(MINI)._digests
    assert (tmp_path / "a/course/grader/reports/templates/report.html").exists()
    assert said.startswith(f"wrote {tmp_path / 'a.zip'}: 2 exercises, worth ")


def test_a_hosted_grader_ends_in_time(tmp_path, say):
    """A submission's time limit fits into ten minutes on half a processor; a smaller limit is kept."""
    for given, there in (("", 150), ("submission_seconds = 20\n", 20)):
        course = tmp_path / f"course{there}"
        shutil.copytree(MINI, course)
        with (course / "pyproject.toml").open("a") as file:
            file.write(given)
        out = tmp_path / f"{there}.zip"
        said = say("pack", "gradescope", "-o", out, "--course", course).stdout
        assert ("150 s" in said) == (there == 150)
        with zipfile.ZipFile(out) as archive:
            archive.extractall(tmp_path / str(there))
        assert load_course(tmp_path / str(there) / "course").settings.submission_seconds == there


def test_the_same_course_makes_the_same_archive():
    """The archive doesn't depend on the time or on the order of the files."""
    course = load_course(MINI)
    one, other = (pack.archive(dict(pack.course_files(course)), set()) for _ in range(2))
    assert one == other
    backwards = dict(reversed(list(pack.course_files(course))))
    assert pack.archive(backwards, set()) == one
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_course_with_folders_of_other_names(tmp_path, say):
    """The copy keeps the course's own folder names for exercises and reference."""
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    (course / "exercises").rename(course / "tasks")
    with (course / "pyproject.toml").open("a") as file:
        file.write('exercises = "tasks"\n')
    out = tmp_path / "a.zip"
    assert say("pack", "gradescope", "-o", out, "--course", course).code == 0
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "a")
    assert list(load_course(tmp_path / "a/course").exercises) == list(load_course(course).exercises)


def test_how_it_is_judged_there(tmp_path, say):
    """Only the chosen exercise is graded, with the chosen seed and isolation; the default is strict."""
    packed("classroom50", tmp_path / "one", say, "-e", "ranks", "--seed", "7")
    found = json.loads((tmp_path / "one/options.json").read_text())
    assert found["run"] == ["--require-isolation", "process", "--seed", "7", "--exercise", "ranks"]
    assert found["points"] == load_course(MINI).exercises["ranks"].points
    say("pack", "classroom50", "-o", tmp_path / "two", "--course", MINI)
    found = json.loads((tmp_path / "two/options.json").read_text())
    assert found["run"] == ["--require-isolation", "kernel", "--seed", "random"]


@pytest.mark.slow
def test_gradescope_gets_results(image):
    """A correct submission gets all points, a wrong one fewer, and both files have Gradescope's format."""
    scores = []
    for name in ("right", "wrong"):
        shutil.copytree(MINI / "submissions" / name, image / "submission", dirs_exist_ok=True)
        done, results = autograded(image)
        assert done.returncode == 0, done.stderr
        exporting.gradescope(results)
        found = json.loads(results)
        scores.append(found["score"] / found["extra_data"]["max_score"])
    assert scores[0] == 1 > scores[1]


@pytest.mark.slow
def test_a_file_that_cannot_be_read_costs_its_own_exercise(image):
    """The other exercise keeps its points, and the learner is told how to fix the unreadable file."""
    options = json.loads((image / "source/options.json").read_text())
    options["run"] = [one for one in options["run"] if one not in {"--exercise", "ranks"}]
    (image / "source/options.json").write_text(json.dumps(options))
    shutil.copytree(RIGHT, image / "submission", dirs_exist_ok=True)
    (image / "submission/inversions.py").write_bytes("# gezählt\n".encode("latin-1"))
    done, results = autograded(image)
    assert done.returncode == 0, done.stderr
    exporting.gradescope(results)
    found = json.loads(results)
    worth = {one.id: one.points for one in load_course(MINI).exercises.values()}
    assert (found["score"], found["extra_data"]["max_score"]) == (worth["ranks"], sum(worth.values()))
    assert "UTF-8" in json.dumps(found["tests"])


def test_gradescopes_learner_is_told_what_is_missing(image):
    """A folder without an answer gets no points, and the learner is told what was expected."""
    done, results = autograded(image)
    assert done.returncode == 0
    exporting.gradescope(results)
    found = json.loads(results)
    assert (found["score"], {one["score"] for one in found["tests"]}) == (0, {0})
    assert all("there is no `ranks.py`" in one["output"] for one in found["tests"])


def test_a_grader_that_fails_gives_no_score(image):
    """A broken course gives no results, so Gradescope reports that the autograder failed."""
    shutil.copytree(RIGHT, image / "submission", dirs_exist_ok=True)
    (image / "source/course/pyproject.toml").write_text("[tool.grader]\nunknown = 1\n")
    done, results = autograded(image)
    assert (done.returncode, results) == (3, None)
    assert "error[course-settings]" in done.stderr


@pytest.mark.slow
def test_classroom_50_gets_a_result(checkout):
    """result.json matches Classroom 50's schema and contains the time of the commit."""
    shutil.copytree(MINI / "submissions/wrong", checkout, dirs_exist_ok=True)
    done = classroom(checkout)
    assert done.returncode == 0, done.stderr
    text = (checkout / "result.json").read_text(encoding="utf-8")
    exporting.DEMANDS["classroom50"](text)
    found = json.loads(text)
    assert 0 < found["score"] < found["max-score"]
    assert found["datetime"] == "2026-11-20T06:00:00Z"
    exporting.github_summary((checkout / "release-body.md").read_text(encoding="utf-8"))


def test_classroom_50_looks_into_the_learners_folder(checkout):
    """If the checkout has the folder named in the course's settings, the answers in it are graded."""
    shutil.copytree(RIGHT, checkout / "submissions/me")
    assert classroom(checkout).returncode == 0
    found = json.loads((checkout / "result.json").read_text(encoding="utf-8"))
    assert found["score"] == found["max-score"] > 0


def test_classroom_50s_learner_is_told_what_is_missing(checkout):
    """A checkout without an answer gets a result with no points and the reason."""
    assert classroom(checkout).returncode == 0
    text = (checkout / "result.json").read_text(encoding="utf-8")
    exporting.DEMANDS["classroom50"](text)
    found = json.loads(text)
    assert found["score"] == 0 < found["max-score"]
    assert "there is no `ranks.py`" in found["tests"][0]["message"]
    assert "there is no `ranks.py`" in (checkout / "release-body.md").read_text(encoding="utf-8")


def test_classroom_50_hears_of_a_grader_that_fails(checkout):
    """If the grader fails, the script passes on its exit code and writes no result."""
    shutil.copytree(RIGHT, checkout, dirs_exist_ok=True)
    options = checkout.parent / "bundle/options.json"
    options.write_text(options.read_text().replace('"process"', '"nonsense"'))
    assert classroom(checkout).returncode == 2
    assert not (checkout / "result.json").exists()


def test_a_bundle_overwrites_nothing(tmp_path, say):
    """Existing files in the folder stay unchanged, and an empty folder is filled."""
    out = tmp_path / "bundle"
    out.mkdir()
    packed("classroom50", out, say)
    assert sorted(one.name for one in out.iterdir()) == ["autograder.py", "course.zip", "options.json"]
    done = say("pack", "classroom50", "-o", out, "--course", MINI)
    assert done.code == 2
    assert "error[pack-exists]" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["bundle"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["blackboard"], "'gradescope'"),
        (["gradescope", "-e", "rank"], "did you mean `ranks`?"),
        (["gradescope", "--seed", "x"], "error[seed]"),
    ],
)
def test_what_can_not_be_packed(say, tmp_path, arguments, words):
    """A usage error is reported before anything is written."""
    done = say("pack", *arguments, "-o", tmp_path / "out", "--course", MINI)
    assert done.code == 2
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_can_not_be_written(say, tmp_path):
    """An archive or a folder that can't be written is an error."""
    (tmp_path / "file").write_text("")
    for platform in ("gradescope", "classroom50"):
        done = say("pack", platform, "-o", tmp_path / "file/out", "--course", MINI)
        assert done.code == 3
        assert "error[unwritable-" in done.stderr


def test_only_what_learners_can_mend_is_told_to_them():
    """Only errors from reading a submission cost the learner points."""
    sources = "".join(path.read_text() for path in (ROOT / "grader/submission").glob("*.py"))
    assert all(f'"{slug}",' in sources for slug in pack.LEARNERS)


@pytest.mark.nightly
def test_setup_installs_what_is_packed(image, tmp_path):
    """setup.sh creates an environment from the archive alone, and the autograder works in it."""
    shutil.rmtree(image / "venv")
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # The newest torch may be a build for CUDA, which is much larger.
    pinned = {"AUTOGRADER": str(image), "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    setup = subprocess.run(
        ["bash", image / "source/setup.sh"],
        cwd=tmp_path,
        env=plain | pinned,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if setup.returncode != 0 and "pip" in setup.stderr:
        pytest.skip(f"nothing can be installed here: {setup.stderr[-200:]}")
    assert setup.returncode == 0, setup.stderr
    assert "(2 exercises)" in setup.stdout
    shutil.copytree(RIGHT, image / "submission", dirs_exist_ok=True)
    done, results = autograded(image)
    assert done.returncode == 0, done.stderr
    found = json.loads(results)
    assert found["score"] == found["extra_data"]["max_score"]
