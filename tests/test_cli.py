"""Test `grade` as a user sees it: exit codes, suggestions, files and pipes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from families import command_of

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "submissions/example"


def test_help_names_every_verb(run_grade):
    """--help lists the commands and exits with 0."""
    done = run_grade("--help")
    assert done.returncode == 0
    for verb in ("run", "replay", "list", "start", "show", "hint", "check", "schema", "doctor"):
        assert f"\n  {verb} " in done.stdout


def test_version(run_process):
    """--version prints the name of the distribution."""
    assert run_process("--version").stdout.strip() == "toeplitz-grader 0.1.0"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rnu"], "Did you mean 'run'?"),
        (["run"], "Missing argument"),
        (["run", EXAMPLE, "-e", "toeplitz_1"], "did you mean `toeplitz_1d`?"),
        (["run", "nowhere"], "error[no-submission]: no file or folder `nowhere`"),
        (["run", EXAMPLE, "--seed", "x"], "error[seed]: `x`"),
        (["run", EXAMPLE, "--device", "gpu"], "'gpu' is not one of"),
        (["hint", "toeplitz_1d", "99"], "error[no-such-hint]: there is no hint 99"),
        (["show", "toeplits_1d"], "did you mean `toeplitz_1d`?"),
        (["list", "--course", "/nowhere"], "error[course-settings]"),
    ],
)
def test_a_usage_error_ends_with_2(run_grade, arguments, words):
    """A usage error is explained on stderr, with a suggestion if there is one."""
    done = run_grade(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_outside_a_course(run_grade, tmp_path):
    """Without a course, the error explains how to specify one."""
    done = run_grade("list", cwd=tmp_path)
    assert done.returncode == 2
    assert "name it with --course" in done.stderr


def test_a_report_is_valid_and_machine_output_is_alone(run_process):
    """--json - writes only the report to stdout; the human-readable text goes to stderr."""
    done = run_process("run", EXAMPLE, "-e", "toeplitz_1d", "--json", "-")
    report = json.loads(done.stdout)
    jsonschema.validate(report, json.loads(run_process("schema").stdout))
    assert done.returncode == 0
    whole = 13 if list(report["devices"].values()).count("judged") == 1 else 14
    assert report["score"] == report["max_score"] == whole
    assert report["devices"]["cpu"] == "judged"
    assert f"{whole} of {whole} points" in done.stderr


def test_exit_zero(run_grade, tmp_path):
    """With --exit-zero the exit code is 0, even if something is not met."""
    (tmp_path / "toeplitz_1d.py").write_text("def build_toeplitz_1d(kernel, n):\n    return kernel\n")
    assert run_grade("run", tmp_path).returncode == 1
    assert run_grade("run", tmp_path, "--exit-zero").returncode == 0


def test_a_folder_may_shadow_torch(run_grade, tmp_path):
    """A submission's folder isn't on any import path, so its torch.py or conftest.py isn't imported."""
    for name in ("torch.py", "numpy.py", "pytest.py", "conftest.py", "sitecustomize.py", "grader.py"):
        (tmp_path / name).write_text("raise SystemExit('imported')\n")
    (tmp_path / "toeplitz_1d.py").write_text((EXAMPLE / "toeplitz_1d.py").read_text())
    done = run_grade("run", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_unwritable_report(run_grade, tmp_path):
    """A report that can't be written has its own error, and no part of it is left."""
    done = run_grade("run", EXAMPLE, "-e", "toeplitz_1d", "--json", tmp_path / "no" / "report.json")
    assert done.returncode == 3
    assert "error[unwritable-report]" in done.stderr


def test_an_unwritable_page(run_grade, tmp_path):
    """A page that can't be written gives the same error, which names the page's option instead."""
    done = run_grade("run", EXAMPLE, "-e", "toeplitz_1d", "--html", tmp_path / "no" / "report.html")
    assert done.returncode == 3
    assert "error[unwritable-report]" in done.stderr
    assert "remedy:   name another path with --html, or free some space" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk():
    """Standard output that can't be written is an error."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "grader", "run", str(EXAMPLE), "-e", "toeplitz_1d", "--json", "-"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode != 0


def test_start_never_overwrites(run_grade, tmp_path):
    """`grade start` writes the stub once, and the stub is graded as not implemented."""
    first = run_grade("start", "toeplitz_1d", "--to", tmp_path)
    assert first.returncode == 0
    assert (tmp_path / "toeplitz_1d.py").read_text() == (
        ROOT / "exercises/toeplitz_1d/toeplitz_1d.py"
    ).read_text()
    again = run_grade("start", "toeplitz_1d", "--to", tmp_path)
    assert again.returncode == 2
    assert "error[already-started]" in again.stderr
    judged = run_grade("run", tmp_path)
    assert judged.returncode == 1
    assert "not implemented yet" in judged.stdout
    assert "Traceback" not in judged.stdout + judged.stderr


def test_list_show_and_hint(run_grade, own_course):
    """The first texts that a learner sees are complete, with formulas as plain text."""
    assert "toeplitz_1d" in run_grade("list").stdout
    statement = run_grade("show", "toeplitz_1d").stdout
    assert "Σ(j=0..k-1) kernel[j] x[i+j]" in statement
    assert "T x is the valid cross-correlation" in statement
    assert "Hint 1 of 4" in run_grade("hint", "toeplitz_1d", cwd=own_course).stdout


def test_doctor(run_process):
    """`grade doctor` shows versions, devices and isolation."""
    done = run_process("doctor")
    assert done.returncode == 0
    assert "isolation" in done.stdout
    assert "cpu" in done.stdout


def test_plain_signs_where_the_terminal_has_no_others(run_grade):
    """A terminal that isn't UTF-8 gets ASCII marks."""
    done = run_grade("run", EXAMPLE, "-e", "toeplitz_1d", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "+ shape" in done.stdout


def test_a_broken_pipe():
    """`grade show x | head -1` ends without a traceback."""
    command = f"{sys.executable} -m grader show toeplitz_1d | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX has them")
def test_ctrl_c_leaves_nothing(tmp_path):
    """After an interrupt, `grade` exits with 130 in about a second, leaving no traceback or process."""
    (tmp_path / "toeplitz_1d.py").write_text("def build_toeplitz_1d(kernel, n):\n    while True: pass\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "run", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(map(_is_zygote, _descendants(process.pid))):
        time.sleep(0.05)
    left = _descendants(process.pid)
    assert len(left) >= 3
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline and [pid for pid in left if Path(f"/proc/{pid}").exists()]:
        time.sleep(0.01)
    assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]


def test_a_killed_grader_leaves_nothing(tmp_path):
    """When `grade` is killed, its processes end and their scratch folder is removed."""
    if not Path("/proc/self/task").exists():
        pytest.skip("only Linux lists a process's children")
    (tmp_path / "toeplitz_1d.py").write_text("def build_toeplitz_1d(kernel, n):\n    while True: pass\n")
    (tmp_path / "tmp").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "run", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(map(_is_zygote, _descendants(process.pid))):
        time.sleep(0.05)
    left = _descendants(process.pid)
    process.kill()
    process.wait()

    def there():
        """Return the remaining processes and folders.

        A new zygote ends only after it has imported torch, and then removes its folder.
        """
        return [pid for pid in left if Path(f"/proc/{pid}").exists()] + [*(tmp_path / "tmp").iterdir()]

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and there():
        time.sleep(0.05)
    assert there() == []


def _is_zygote(pid):
    """Return whether a process is the zygote itself, and not a test run of bubblewrap."""
    program, *words = command_of(pid)
    return program == os.fsencode(sys.executable) and b"grader.sandbox.zygote" in words


def _descendants(pid):
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [each for child in map(int, text.split()) for each in (child, *_descendants(child))]
