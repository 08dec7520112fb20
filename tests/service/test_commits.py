"""Test which commit a report names."""

import shutil
import subprocess

import pytest

from grader.service import commits

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def repository(tmp_path):
    """A repository with one commit and a folder."""

    def git(*arguments):
        done = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.strip()

    git("init", "-q")
    (tmp_path / "course").mkdir()
    (tmp_path / "course/pyproject.toml").write_text("[tool.grader]\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "one")
    return tmp_path, git


@pytest.fixture(autouse=True)
def forgotten():
    """Clear the cache, so that no other test in this process sees these results."""
    for each in (commits.commit_of, commits.tool):
        each.cache_clear()
    yield
    for each in (commits.commit_of, commits.tool):
        each.cache_clear()


@needs_git
def test_a_course_has_its_repositorys_commit(repository):
    """A course has the commit of the repository that contains its folder."""
    folder, git = repository
    assert commits.commit_of(folder / "course") == git("rev-parse", "HEAD")


def test_a_course_in_no_repository_has_none(tmp_path):
    """Without a repository, a folder or git, there is no commit."""
    assert commits.commit_of(tmp_path / "missing") is None


def test_without_git_there_is_none(tmp_path, monkeypatch):
    """Grading works on a machine without git."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commits.commit_of(tmp_path) is None


@needs_git
def test_the_grader_is_not_told_by_a_learners_repository(repository, monkeypatch):
    """A grader installed inside another repository doesn't report its commit, even if it is tracked."""
    folder, git = repository
    package = folder / ".venv/lib/site-packages/grader"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    git("add", "-f", ".")
    git("commit", "-qm", "two")
    monkeypatch.setattr(commits.grader, "__file__", str(package / "__init__.py"))
    assert commits.tool().commit is None


@needs_git
def test_the_grader_has_the_commit_that_changed_it(repository, monkeypatch):
    """A change to the course doesn't change the grader's commit, even if both share a repository."""
    folder, git = repository
    package = folder / "grader"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "two")
    latest = git("rev-parse", "HEAD")
    (folder / "course/pyproject.toml").write_text("[tool.grader]\ntitle = 'a'\n", encoding="utf-8")
    git("commit", "-qam", "three")
    monkeypatch.setattr(commits.grader, "__file__", str(package / "__init__.py"))
    assert commits.tool().commit == latest


def test_pip_knows_where_it_installed_the_grader_from(monkeypatch):
    """A grader installed from a repository's address has the commit that pip resolved."""
    noted = '{"url": "https://example.org/g", "vcs_info": {"vcs": "git", "commit_id": "abc"}}'

    class Distribution:
        def read_text(self, name):
            return noted

    monkeypatch.setattr(commits.importlib.metadata, "distribution", lambda name: Distribution())
    assert commits.tool().commit == "abc"
