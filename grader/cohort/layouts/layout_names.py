"""The layouts that `grade cohort` recognises. Each is imported only when a download is read."""

from __future__ import annotations

from collections.abc import Mapping

# The module and the layout in it. The first that recognises a download is used: the most distinctive names
# come first.
LAYOUTS: Mapping[str, str] = {
    "gradescope": "gradescope_download.LAYOUT",
    "moodle": "moodle_download.LAYOUT",
    "canvas": "canvas_download.LAYOUT",
    "nbgrader-inbound": "nbgrader_download.INBOUND",
    "nbgrader": "nbgrader_download.LAYOUT",
    "github": "github_download.LAYOUT",
    "folders": "plain_folders.LAYOUT",
}
