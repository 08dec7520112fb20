"""Every save is reported, even in a folder that replaced the watched one."""

import os
import select
import shutil

import pytest

from grader.learner.file_watcher import saves

PATIENCE = 30


def heard(reader):
    """Wait for a report, and read it."""
    ready, _, _ = select.select([reader], [], [], PATIENCE)
    return bool(ready) and bool(os.read(reader, 64))


def save(folder, name="a.py"):
    """Write new content."""
    (folder / name).write_text(f"{os.urandom(4).hex()}\n")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "me").mkdir()
    return tmp_path / "me"


def test_a_save_is_heard_of(folder):
    """One byte reports all saves since the previous byte."""
    with saves(folder) as reader:
        while not select.select([reader], [], [], 0.5)[0]:
            save(folder)
        assert os.read(reader, 64)


def test_a_folder_that_is_replaced_is_watched_on(folder):
    """Saves in a folder that replaced the watched one are reported, as after `git checkout`."""
    with saves(folder) as reader:
        while not select.select([reader], [], [], 0.5)[0]:
            save(folder)
        for _ in range(3):
            shutil.rmtree(folder)
            folder.mkdir()
            save(folder)
            assert heard(reader)
            # The removal, the return and the save may come as one report or several.
            while select.select([reader], [], [], 1.5)[0]:
                os.read(reader, 64)
            save(folder, "b.py")
            assert heard(reader)


def test_a_folder_that_is_gone_for_a_while(folder):
    """The removal of the folder is reported once, and so is its return."""
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
