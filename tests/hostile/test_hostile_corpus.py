"""No hostile submission earns a point, harms the run, or leaves anything behind.

Each of the other files in this folder is a submission to `toeplitz_1d` that tries one trick.
If a trick fails, the answer passes no test, so a single point reveals a security hole.
"""

import ast
import json
import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import jsonschema
import msgspec
import pytest
from families import bearing

from grader.service import report_assembly
from grader.service import runner_connection
from grader.service import grading
from grader.errors import GraderError
from grader.course import load_course
from grader.protocol import RunnerFinished, RunnerOpened
from grader.report_model import ExerciseResult
from grader.reports import report_json
from grader.submission.discovery import SubmissionText, SubmittedFile
from grader.source_text import SourceText

HERE = Path(__file__).resolve().parent
# These are several hundred runs: `.ci/run` does them.
pytestmark = pytest.mark.slow

ROOT = HERE.parent.parent
EXERCISE = "toeplitz_1d"
TOTAL = 13.0
# Wall-clock seconds of a few calls that use up their time, on a machine with other work.
LARGEST = 1 << 20
GROUP = 20
PATIENCE = 10.0
SECRET = "hostile-secret-7f3a"
HOSTILE = {path.stem: path for path in sorted(HERE.glob("*.py")) if not path.name.startswith("test_")}

# Defects of the grader that these files show; strict, so that a fixed one must be removed here.
# Each of them ends the whole run (exit 3), or costs time and room: none of them earns a point.
# The leftovers of each in the folder of temporary files are checked separately.
LEAVERS = {"makes_folders_that_cannot_be_listed", "nests_folders_deeply"}

# At tier `process` these could harm the machine or the run that grades them; each with the reason.
NEVER_WITHOUT_KERNEL = {
    "asks_the_server_for_a_near_side": "becomes a process that the grader trusts",
    "changes_modes_and_owners": "changes modes of what it doesn't own",
    "forks_a_daemon": "leaves a process behind",
    "kills_its_group": "kills every process of this user",
    "kills_its_parent": "kills the zygote, and with it the run",
    "limits_its_parent": "changes the scheduling of the zygote",
    "mounts_file_systems": "mounts",
    "removes_its_folder": "moves folders of the zygote",
    "shares_memory": "leaves shared memory behind",
    "signals_by_its_socket": "signals processes of this user",
    "traces_its_parent": "stops the zygote",
    "uses_the_keyring": "stores keys that outlast it",
    "writes_into_site_packages": "writes beside installed packages",
    "writes_into_the_course": "writes into the course",
    "writes_outside": "writes into shared folders",
    "writes_reports_everywhere": "writes into the course",
    "makes_special_files": "writes into shared folders",
}

# At tier `process` these tricks work: docs/security.md names them under "Open at tier `process`".
OPEN_AT_PROCESS = {
    "finds_its_peer_by_its_socket",
    "forks_by_system_calls",
    "handles_page_faults",
    "imports_the_reference",
    "jumps_past_the_filter",
    "makes_namespaces",
    "opens_files_by_handle",
    "opens_network_sockets",
    "opens_unix_sockets",
    "reads_devices",
    "reads_its_home",
    "reads_other_submissions",
    "reads_processes",
    "reads_stale_bytecode",
    "reads_the_history",
    "reads_the_password_file",
    "reads_the_properties",
    "reads_the_reference",
    "reads_through_descriptors",
    "reads_through_links",
    "resolves_names",
    "signals_by_other_calls",
    "starts_programs",
    "takes_its_parents_descriptors",
    "undoes_its_confinement",
    "uses_io_uring",
    "uses_other_system_call_tables",
    "watches_files",
}

# Open there, too, but only while another runner's worker happens to run at the same time.
OPEN_AT_TIMES = {"hunts_the_server_that_forked_it"}

RIGHT = (ROOT / "reference" / EXERCISE / "solution.py").read_text(encoding="utf-8")
LAYERS = ("namespaces", "landlock", "seccomp")


@dataclass
class Judged:
    """The results of a whole run of the corpus."""

    results: dict[str, ExerciseResult] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    right: list[ExerciseResult] = field(default_factory=list)
    reports: list[bytes] = field(default_factory=list)
    tiers: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    left_by: dict[str, list[str]] = field(default_factory=dict)
    processes: list[str] = field(default_factory=list)
    seconds: float = 0.0


def judge_together(course, names, withheld, judged):
    """Judge these files and a correct one in one run. If the run crashes, find the file that caused it."""
    texts = [HOSTILE[name].read_text(encoding="utf-8") for name in names]
    files = tuple(SubmittedFile(EXERCISE, SourceText(text, f"{EXERCISE}.py")) for text in (*texts, RIGHT))
    text = SubmissionText("hostile", files)
    options = runner_connection.RunOptions(device="cpu", withheld=withheld)
    try:
        messages = list(grading.judge(course, text, options, course.settings.seed))
    except (GraderError, RecursionError) as error:
        if len(names) == 1:
            judged.lost[names[0]] = f"{type(error).__name__}: {error}"
            return
        half = len(names) // 2
        judge_together(course, names[:half], withheld, judged)
        judge_together(course, names[half:], withheld, judged)
        return
    opened = next(one for one in messages if isinstance(one, RunnerOpened))
    results = [one.result for one in messages if isinstance(one, RunnerFinished)]
    judged.tiers.add(opened.isolation.tier)
    judged.results |= dict(zip(names, results, strict=False))
    judged.right.append(results[-1])
    judged.reports.append(report_json.to_json(report_assembly.assemble(course, text, course.settings.seed, opened, results)))


def entries(folder, *, skipped=("__pycache__", ".hypothesis")):
    """Return the size, mode and time of everything in a folder."""
    found = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in skipped]
        for name in (*folders, *files):
            path = os.path.join(place, name)
            one = os.lstat(path)
            # A folder's own time moves when Python caches what the runner imports from it.
            found[path] = (one.st_mode, one.st_size, one.st_mtime_ns) if name in files else (one.st_mode,)
    return found


def marked(*folders):
    """Return only the files that hostile submissions made: other programs may also write there."""
    return {
        str(path)
        for folder in folders
        if Path(folder).is_dir() and os.access(folder, os.R_OK)
        for path in Path(folder).iterdir()
        if path.name.startswith(("hostile-", ".hostile-"))
    }


def judge_corpus(names, folder, withheld):
    """Judge files in a separate course, and record the changes inside and outside it."""
    temporary, place = folder / "temporary", folder / "course"
    temporary.mkdir()
    place.mkdir()
    for name in ("exercises", "reference", "submissions"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    course = load_course(place)
    packages = Path(jsonschema.__file__).parents[1]
    shared = ["/tmp", "/dev/shm", "/var/tmp", "/", Path.home(), ROOT, ROOT / "reference", ROOT / "submissions"]
    shared += [ROOT / "exercises" / EXERCISE, ROOT / "reference" / EXERCISE, packages]
    before, marks, installed = entries(place), marked(*shared), entries(packages)
    judged, started = Judged(), time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr("tempfile.tempdir", str(temporary))
        patch.setenv("GRADER_TEST_SECRET", SECRET)
        known = [name for name in names if name not in LEAVERS]
        groups = [known[start : start + GROUP] for start in range(0, len(known), GROUP)]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda group: judge_together(course, group, withheld, judged), groups))
        for name in [name for name in names if name in LEAVERS]:
            own = folder / name
            own.mkdir()
            patch.setenv("TMPDIR", str(own))
            patch.setattr("tempfile.tempdir", str(own))
            judge_together(course, [name], withheld, judged)
            judged.left_by[name] = [str(path) for path in own.iterdir()]
            # Otherwise the clean-up of the tests' folders would fail on these.
            subprocess.run(["chmod", "-R", "u+rwx", str(own)], check=False, capture_output=True)
            subprocess.run(["rm", "-rf", str(own)], check=False, capture_output=True)
    judged.seconds = time.monotonic() - started
    deadline = time.monotonic() + PATIENCE
    while bearing(str(temporary)) and time.monotonic() < deadline:
        time.sleep(0.1)
    judged.processes = bearing(str(temporary))
    after = entries(place)
    judged.left = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    judged.left += sorted(marked(*shared) - marks)
    judged.left += [path for path, one in entries(packages).items() if installed.get(path) != one]
    judged.left += [str(path) for path in temporary.iterdir()]
    return judged


@pytest.fixture(scope="module")
def at_kernel(tmp_path_factory):
    """The whole corpus, judged with the three layers and without namespaces."""
    folder = tmp_path_factory.mktemp("hostile")
    names = sorted(HOSTILE)
    # Without namespaces: what holds there holds inside them, too.
    withheld = tuple(os.environ.get("HOSTILE_WITHHELD", "namespaces").split())
    judged = judge_corpus(names, folder, withheld)
    if judged.tiers - {"kernel", "kernel+namespaces"}:
        pytest.skip(f"this machine reaches the tier {', '.join(judged.tiers)} only")
    return judged


def texts_of(result):
    """Yield every text in a result that a person or a service may see."""
    yield result.stdout
    if result.error is not None:
        yield from (result.error.type, result.error.message, result.error.source or "")
    for one in result.properties:
        yield one.reason or ""
        if one.counterexample is not None:
            yield one.counterexample.call
            for value in (one.counterexample.obtained, one.counterexample.expected):
                yield value if isinstance(value, str) else ""


def nothing_earned(judged, name):
    """Check that one hostile file earned nothing, and that its result is small and clean."""
    assert name not in judged.lost, judged.lost[name]
    result = judged.results[name]
    earned = [one.id for one in result.properties if one.verdict == "met"]
    assert (result.score, result.max_score, result.status, earned) == (0.0, TOTAL, "not met", [])
    assert len(result.properties) == 11
    encoded = msgspec.json.encode(result)
    assert json.loads(encoded)["score"] == 0
    assert len(encoded) < LARGEST
    for text in texts_of(result):
        assert not [c for c in text if c != "\n" and not c.isprintable()]
        assert SECRET not in text


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_each_says_what_it_tries(name):
    """A hostile file's docstring is one sentence."""
    docstring = ast.get_docstring(ast.parse(HOSTILE[name].read_text(encoding="utf-8")))
    assert docstring
    assert docstring.endswith(".")
    assert "\n" not in docstring


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_earns_nothing(at_kernel, name):
    """A hostile file scores zero, and its report contains no control characters or secrets."""
    nothing_earned(at_kernel, name)


def test_right_ones_among_them_lose_nothing(at_kernel):
    """A correct submission gets full marks, whatever was judged before it in the same run."""
    assert at_kernel.right
    assert [(one.score, one.status) for one in at_kernel.right] == [(TOTAL, "met")] * len(at_kernel.right)


def test_reports_keep_to_their_schema(at_kernel):
    """A report is valid, whatever hostile files return, print and raise."""
    schema = json.loads(report_json.schema_text())
    for report in at_kernel.reports:
        jsonschema.validate(json.loads(report), schema)
        assert SECRET not in report.decode()


def test_nothing_is_left_behind(at_kernel):
    """No process, file or changed permission remains in the course, in shared folders, or next to packages."""
    assert at_kernel.processes == []
    assert at_kernel.left == []


@pytest.mark.parametrize(
    "name",
    sorted(LEAVERS),
)
def test_no_folder_is_left_behind(at_kernel, name):
    """Folders that are hard to remove are removed."""
    assert at_kernel.left_by[name] == []


@pytest.mark.nightly
def test_earns_nothing_without_the_kernels_help(tmp_path):
    """At tier `process`, hostile files also score zero, except for those listed in docs/security.md."""
    names = [name for name in sorted(HOSTILE) if name not in NEVER_WITHOUT_KERNEL]
    judged = judge_corpus(names, tmp_path, LAYERS)
    assert judged.tiers == {"process"}
    earning = {name for name, result in judged.results.items() if result.score > 0}
    assert sorted(judged.lost) == []
    assert sorted(earning - OPEN_AT_TIMES) == sorted(OPEN_AT_PROCESS)
    assert judged.processes == []
    assert {one.score for one in judged.right} == {TOTAL}
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert [name for name in sorted(OPEN_AT_PROCESS | OPEN_AT_TIMES) if f"`{name}`" not in text] == []


def test_the_exceptions_are_files():
    """Each name in this module's lists has a file."""
    assert {*LEAVERS, *NEVER_WITHOUT_KERNEL, *OPEN_AT_PROCESS} <= set(HOSTILE)
