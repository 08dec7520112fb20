"""Chromium, axe and the HTML checker for page tests. A test is skipped if its tool is missing."""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
# Every width and every scheme once, because axe takes seconds per page. At night all combinations run.
EACH_CHANGE = {(320, "dark"), (768, "light"), (1280, "dark")}
VIEWS = [
    pytest.param(width, scheme, marks=() if (width, scheme) in EACH_CHANGE else pytest.mark.nightly)
    for width in WIDTHS
    for scheme in SCHEMES
]


@contextmanager
def running():
    """Run a browser inside the `with` statement."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, headless=True)
        yield browser
        browser.close()


def check_accessible(page):
    """Check that axe ran on a page and found no violations."""
    # Without `preload`: a script on a file page must not read its style sheet.
    found = axe.Axe().run(page, options={"preload": False}).response
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20


def messages(*files):
    """Return the errors and warnings of the Nu HTML checker for files."""
    jar = _checker()
    if jar is None or shutil.which("java") is None:
        pytest.skip("java or vnu.jar is missing; `.ci/run` installs both")
    command = ["java", "-jar", str(jar), "--stdout", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["messages"]


def _checker():
    """Return the checker's jar: from `VNU_JAR`, or from the folder where `.ci/run` puts it."""
    places = [os.environ.get("VNU_JAR", ""), ROOT / ".venv/node_modules/vnu-jar/build/dist/vnu.jar"]
    return next((Path(one) for one in places if one and Path(one).is_file()), None)
