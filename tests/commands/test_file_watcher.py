"""Word comes of every save, also in a folder that took the place of the one that was watched."""

import os
import select
import shutil

import pytest

from grader.commands.file_watcher import saves

PATIENCE = 30


def heard(reader):
    """Wait for word, and take it."""
    ready, _, _ = select.select([reader], [], [], PATIENCE)
    return bool(ready) and bool(os.read(reader, 64))


def save(folder, name="a.py"):
    """Write something new."""
    (folder / name).write_text(f"{os.urandom(4).hex()}\n")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "me").mkdir()
    return tmp_path / "me"


def test_a_save_is_heard_of(folder):
    """A byte comes for what was saved since the last one."""
    with saves(folder) as reader:
        while not select.select([reader], [], [], 0.5)[0]:
            save(folder)
        assert os.read(reader, 64)


def test_a_folder_that_is_replaced_is_watched_on(folder):
    """As `git checkout` does: the folder goes, another of its name comes, and saves in it are heard of."""
    with saves(folder) as reader:
        while not select.select([reader], [], [], 0.5)[0]:
            save(folder)
        for _ in range(3):
            shutil.rmtree(folder)
            folder.mkdir()
            save(folder)
            assert heard(reader)
            # Word of the going, of the coming and of the save may be one or several.
            while select.select([reader], [], [], 1.5)[0]:
                os.read(reader, 64)
            save(folder, "b.py")
            assert heard(reader)


def test_a_folder_that_is_gone_for_a_while(folder):
    """Its going is told once, its coming back too."""
    with saves(folder) as reader:
        while not select.select([reader], [], [], 0.5)[0]:
            save(folder)
        shutil.rmtree(folder)
        assert heard(reader)
        while select.select([reader], [], [], 1.5)[0]:
            os.read(reader, 64)
        assert not select.select([reader], [], [], 1.5)[0]
        folder.mkdir()
        assert heard(reader)
