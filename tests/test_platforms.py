"""docs/platforms.md shows real outputs and describes every format."""

import re

import pages
import pytest
from exporting import FORMATS, REPORTS, changed

from grader.authoring.platforms import PLATFORMS
from grader.report_model import Submission
from grader.reports import report_json

PAGE = (pages.ROOT / "docs/platforms.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```console\n\$ grade (.+)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """A folder with the golden report, as a file and as two learners' reports."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    for name, path in (("ada", "report.json"), ("ada", "reports/ada.json"), ("bob", "reports/bob.json")):
        one = changed(REPORTS["mistakes"], submission=Submission(f"submissions/{name}", "a1" * 32))
        (tmp_path / path).write_bytes(report_json.to_json(one))


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_shown_output_is_real(say, reports, command, output):  # noqa: ARG001 - commands read them
    """The page shows the command's output, up to the point where the page cuts it off."""
    told = say(*command.split()).stdout.replace("\r\n", "\n")
    shown, cut, _ = output.partition("\n...\n")
    assert told.startswith(shown + "\n") if cut else told == output


def test_all_formats_and_platforms_are_named():
    """Each format is in the table, and each platform that can be packed for has its command."""
    assert re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE, re.MULTILINE) == list(FORMATS)
    assert all(f"\ngrade pack {platform} " in PAGE for platform in PLATFORMS)
    assert len(SHOWN) == 2
