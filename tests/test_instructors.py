"""docs/instructors.md can be followed from top to bottom."""

from pathlib import Path

import followed_pages
import pytest
from followed_pages import stripped

PAGE = Path(__file__).resolve().parent.parent / "docs/instructors.md"


@pytest.mark.slow
def test_the_page_can_be_followed(tmp_path):
    """Each command prints the output on the page, and at the end the exercise passes its proof."""
    folder = tmp_path / "course"
    folder.mkdir()
    for command, shown, printed in followed_pages.carried_out(PAGE, folder):
        assert stripped(printed) == stripped(shown), command
    assert not (tmp_path / "learners/reference/fir_bank").exists()


def update():
    """Write the output of each command into the page: `python tests/test_instructors.py`."""
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "course"
        folder.mkdir()
        followed_pages.update(PAGE, folder)


if __name__ == "__main__":
    update()
