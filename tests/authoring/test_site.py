"""`grade site` writes a folder of pages completely or not at all, and overwrites nothing else."""

from pathlib import Path

import pytest

from grader.authoring import site as writing


def texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_site_is_written_and_replaced_by_a_newer_one(say, tmp_path):
    """The second site replaces the first and leaves no other files behind."""
    out = tmp_path / "site"
    said = say("site", out)
    assert (said.code, said.stderr) == (0, "")
    assert said.stdout.startswith(f"wrote {out}: 28 exercises; open {out / 'index.html'}")
    first = texts(out)
    (out / "exercises" / "an_older_exercise.html").write_text("older", encoding="utf-8")
    assert say("site", out).code == 0
    assert texts(out) == first
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_solutions_are_announced(say, tmp_path):
    """A site with solutions shows a note that it is not for learners."""
    assert "don't show it to learners" in say("site", tmp_path / "all", "--solutions").stdout


@pytest.mark.parametrize("name", ["CNAME", "exercises/notes.txt", "stubs/deep/x.py", ".git/config"])
def test_a_folder_with_something_else_is_left_alone(say, tmp_path, name):
    """A folder with any unrelated file is an error, even if it also contains a site."""
    out = tmp_path / "site"
    say("site", out)
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_text("mine", encoding="utf-8")
    before = texts(out)
    said = say("site", out)
    assert said.code == 2
    assert f"error[site-exists]: `{out}` contains something else" in said.stderr
    assert texts(out) == before


def test_a_page_of_ones_own_is_no_site(say, tmp_path):
    """Neither a folder that contains only an index.html nor a file counts as a site."""
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    assert say("site", tmp_path).code == 2
    assert say("site", tmp_path / "index.html").code == 2
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"


def test_what_fails_midway_leaves_the_old_site(say, tmp_path, monkeypatch):
    """The old site is put back if the new folder can't replace it."""
    out = tmp_path / "site"
    say("site", out)
    before, rename = texts(out), Path.rename

    def fails(path, target):
        if path.name == "site" and Path(target) == out:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(writing.Path, "rename", fails)
    said = say("site", out)
    assert said.code == 3
    assert "error[unwritable-folder]: the pages can't be written (No space left on device)" in said.stderr
    assert texts(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
