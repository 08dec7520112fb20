"""Run the commands in the README and on the learners' page, and compare their complete outputs."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "docs/learners.md"]
OUTPUT = re.compile(r"^```console\n\$ grade (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
SHOWN = [found for page in PAGES for found in OUTPUT.findall(page.read_text(encoding="utf-8"))]
LONGEST = 120


def same_tier(text):
    """Remove the tier, which depends on the machine."""
    return re.sub(r"isolation \S+$", "isolation kernel", stripped(text), flags=re.MULTILINE)


def stripped(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


@pytest.mark.slow
@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_shown_output_is_real(run_process, command, output):
    """The README shows the command's output, line for line."""
    import torch
    from torch.utils import backend_registration

    from grader.sandbox.sim import registration

    done = run_process(*command.split(), env={"COLUMNS": "80"})
    if torch.cuda.is_available():
        pytest.skip("the README shows a machine without a GPU")
    if not hasattr(backend_registration, registration.SETUP):
        pytest.skip("the README shows a torch that has the simulated device")
    assert same_tier(output) == same_tier(done.stdout)


def test_the_two_set_up_commands():
    """The README shows both set-up commands, and the Makefile uses them."""
    start = "python3 -m venv .venv && "
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    # A learner needs none of the packages for the tests.
    for extras, end in ((".", "grade run submissions/example"), ("'.[test]'", "python -m pytest -n auto")):
        install = f".venv/bin/pip install -q -c constraints.txt -e {extras}"
        assert f"\n{start}{install} && .venv/bin/{end}\n" in README
        assert f"\t{install}\n\t.venv/bin/{end}\n" in makefile


def test_the_readme_is_short():
    """The README stays short; longer topics have their own page."""
    assert README.count("\n") <= LONGEST


def test_the_architecture_names_what_there_is():
    """Each module and test that docs/architecture.md names exists, and each page is in the index."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:tests|learner|authoring|cohort|service|runner|reports|sandbox|submission)/[\w/.]*)`", text
    )
    assert len(named) > 50
    for name in named:
        place = ROOT / name if name.startswith("tests/") else ROOT / "grader" / name
        assert place.exists() or place.with_suffix(".py").exists(), name
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} == set(
        re.findall(r"\]\((\w+\.md)\)", index)
    )


def test_every_link_leads_somewhere():
    """Each relative link in the project's pages leads to an existing file."""
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} -> {target}"


def test_the_property_in_the_readme_is_the_exercises():
    """The property shown in the README is the exercise's own."""
    shown = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    text = (ROOT / "exercises/toeplitz_1d/test_toeplitz_1d.py").read_text(encoding="utf-8")
    assert all(part in text for part in shown.strip().split("\n\n\n"))


def update():
    """Write the output of each shown command into its page: `python tests/test_readme.py`."""
    import os
    import subprocess

    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for command, output in OUTPUT.findall(text):
            done = subprocess.run(
                [sys.executable, "-m", "grader", *command.split()],
                cwd=ROOT,
                env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
                capture_output=True,
                text=True,
                check=False,
            )
            text = text.replace(
                f"$ grade {command}\n{output}```", f"$ grade {command}\n{stripped(done.stdout)}\n```"
            )
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
