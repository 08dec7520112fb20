"""docs/lecturers.md can be followed from top to bottom, with downloads of the course's own answers."""

import dataclasses
from pathlib import Path

import downloads
import followed_pages
import pytest
from followed_pages import stripped

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/lecturers.md"
VARIABLES = {"GRADER_COURSE": str(ROOT), "GRADER_DEVICE": "cpu"}


def answers():
    """Yield the files of each learner: right, wrong, not Python, and renamed by a browser."""
    right = {
        name: (ROOT / f"submissions/example/{name}.py").read_text() for name in ("toeplitz_1d", "circulant")
    }
    mistakes = ROOT / "reference/toeplitz_1d/misconceptions"
    flipped, full = (
        (mistakes / f"{name}.py").read_text() for name in ("flipped_kernel", "full_instead_of_valid")
    )
    toeplitz = right["toeplitz_1d"]
    yield {f"{name}.py": text for name, text in right.items()}
    yield {"toeplitz_1d.py": flipped}
    yield {"toeplitz_1d.py": full, "circulant.py": "def build_circulant(c):\n    return (c\n"}
    yield {"toeplitz_1d.py": toeplitz, "circulant.py": right["circulant"]}
    yield {"toeplitz_1d.py": flipped, "circulant.py": right["circulant"]}
    yield {"toeplitz_1d (1).py": toeplitz, "notes.pdf": "%PDF"}
    yield {"toeplitz_1d.py": flipped, "circulant.py": right["circulant"]}


def prepare(folder):
    """Write the downloads of the page into a folder."""
    people = [
        dataclasses.replace(one, files=files) for one, files in zip(downloads.PEOPLE, answers(), strict=True)
    ]
    for name in ("moodle", "canvas", "gradescope"):
        downloads.LAYOUTS[name](folder / "unpacked" / name, people=people)
        downloads.zipped(folder / "unpacked" / name, folder / f"{name}.zip")
    downloads.github(folder, people=people)
    return folder


@pytest.mark.slow
def test_the_page_can_be_followed(tmp_path):
    """Each command prints the output on the page."""
    prepare(tmp_path)
    for command, shown, printed in followed_pages.carried_out(PAGE, tmp_path, **VARIABLES):
        assert stripped(printed) == stripped(shown), command


def update():
    """Write the output of each command into the page: `python tests/test_lecturers.py`."""
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        followed_pages.update(PAGE, prepare(Path(temporary)), **VARIABLES)


if __name__ == "__main__":
    update()
