"""Debian's Chromium for the tests of pages, axe and the checker of HTML; what is missing is skipped with its reason."""

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
# Every width, and each scheme: axe takes seconds for a page. At night every width is tried in each scheme.
EACH_CHANGE = {(320, "dark"), (768, "light"), (1280, "dark")}
VIEWS = [
    pytest.param(width, scheme, marks=() if (width, scheme) in EACH_CHANGE else pytest.mark.nightly)
    for width in WIDTHS
    for scheme in SCHEMES
]


@contextmanager
def running():
    """Run a browser for as long as it is needed."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, headless=True)
        yield browser
        browser.close()


def check_accessible(page):
    """See to it that axe finds nothing on a page, and that it looked."""
    # Without `preload`: a page in a folder may not read its own style sheet by script.
    found = axe.Axe().run(page, options={"preload": False}).response
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20


def messages(*files):
    """Return what the Nu HTML checker says of files, errors and warnings."""
    jar = _checker()
    if jar is None or shutil.which("java") is None:
        pytest.skip("java or vnu.jar is not there; `.ci/run` brings both")
    command = ["java", "-jar", str(jar), "--stdout", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["messages"]


def _checker():
    """Return the checker's jar: where `VNU_JAR` says, or where `.ci/run` puts it."""
    places = [os.environ.get("VNU_JAR", ""), ROOT / ".venv/node_modules/vnu-jar/build/dist/vnu.jar"]
    return next((Path(one) for one in places if one and Path(one).is_file()), None)
