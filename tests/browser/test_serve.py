"""`grade serve` in a real browser: a save shows its verdict in the open page, and Ctrl-C leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from browsers import ROOT, check_accessible, running

from grader import case_cache

# Each test opens pages in a browser, which takes some seconds.
pytestmark = pytest.mark.slow
PATIENCE = 90_000
NOW = ".now"


def save(name, folder):
    """Save as editors do: a new file moved over the old one."""
    shutil.copy(ROOT / f"submissions/{name}/toeplitz_1d.py", folder / "saved.tmp")
    (folder / "saved.tmp").replace(folder / "toeplitz_1d.py")


def descendants(pid):
    """Return the descendants of a process and their commands."""
    found, parents = set(), {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    level = {pid}
    while level := {one for one, parent in parents.items() if parent in level}:
        found |= level
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def serving(tmp_path):
    folder = tmp_path / "answers"
    folder.mkdir()
    save("mistakes", folder)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GRADER_", "PYTEST_"))}
    plain[case_cache.VARIABLE] = os.environ[case_cache.VARIABLE]
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "serve", str(folder), "--device", "cpu"],
        cwd=ROOT,
        env=plain | {"COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process, process.stdout.readline().strip(), folder
    process.kill()
    process.communicate()


def test_a_save_shows_its_verdict_in_the_open_page(serving):
    """Saving a wrong answer shows a counterexample, a correct one a full pass; no process is left."""
    process, address, folder = serving
    with running() as browser:
        page = browser.new_page(viewport={"width": 375, "height": 800})
        troubles = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.goto(f"{address}exercises/toeplitz_1d.html")
        page.locator(NOW, has_text="wrong, 8 of 13 points").wait_for(timeout=PATIENCE)
        values = page.locator("#nowp2")
        assert values.locator(".pair svg").first.locator(".b text").all_text_contents() == ["4", "7", "10"]
        assert values.locator(".pair svg").first.locator("path.mw").count() == 1
        assert page.locator("#said").inner_text() == "wrong, 8 of 13 points"
        assert page.evaluate("document.documentElement.scrollWidth") == 375

        save("example", folder)
        page.locator(NOW, has_text="correct, 13 of 13 points").wait_for(timeout=PATIENCE)
        assert page.locator("#live .rung").count() == 0
        save("mistakes", folder)
        page.locator(NOW, has_text="wrong, 8 of 13 points").wait_for(timeout=PATIENCE)

        page.locator("#nowp2").get_by_role("link", name="Open this case in the laboratory").click()
        page.wait_for_selector("main:not([hidden])")
        assert [page.locator(one).input_value() for one in ("#x", "#h")] == ["1, 2, 3, 4", "1, 2"]
        page.goto(address)
        page.locator(NOW, has_text="0 of 28 exercises correct").wait_for(timeout=PATIENCE)
        assert troubles == []

        below = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert below
        assert [one for one in below if alive(one)] == []
        page.get_by_text("The grader has stopped").wait_for(timeout=PATIENCE)


def test_without_scripts_the_page_says_how_to_reload(serving):
    """A page loaded without JavaScript shows the same verdict, and axe finds no violations."""
    _, address, _ = serving
    with running() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        for _ in range(200):
            page.goto(f"{address}exercises/toeplitz_1d.html")
            if page.get_by_text("wrong, 8 of 13 points").count():
                break
            page.wait_for_timeout(300)
        assert page.get_by_text("wrong, 8 of 13 points").is_visible()
        page.get_by_role("link", name="Reload it").click()
        page.get_by_text("wrong, 8 of 13 points").wait_for()
        seen = browser.new_context(bypass_csp=True).new_page()
        seen.goto(f"{address}exercises/toeplitz_1d.html")
        check_accessible(seen)
