"""Test worker isolation: each layer, each tier and the refusal of weak tiers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from workers import load

from grader.errors import GraderError
from grader.sandbox import confinement, isolation, landlock, seccomp
from grader.sandbox.client import Worker
from grader.sandbox.confinement import Confinement, suffices
from grader.sandbox.zygote_client import Demand, ZygoteClient

ROOT = Path(__file__).resolve().parent.parent.parent
LINUX = sys.platform == "linux" and landlock.version() > 0


def why_not():
    """Return why the tier `kernel` can't be tested here, if it can't."""
    if not LINUX:
        return "this machine has no Landlock"
    try:
        seccomp.program()
    except seccomp.NoFilter as error:
        return str(error)
    return ""


needs_kernel = pytest.mark.skipif(bool(why_not()), reason=f"nothing of tier kernel can be tried: {why_not()}")


@pytest.fixture
def confined(server):
    def fork(**options):
        worker = Worker.fork(server, isolation=Demand(**options))
        try:
            return worker.confined()
        finally:
            worker.close()

    return fork


@needs_kernel
def test_every_layer_holds(confined):
    """All layers are active, and every attempt in the self-test is denied or has no real effect."""
    found = confined()
    assert found.tier in {"kernel", "kernel+namespaces"}
    assert set(confinement.KERNEL_LAYERS) <= set(found.active)
    assert set(found.self_test.values()) == {"denied", "pretended"}
    assert len(found.self_test) == 11


@needs_kernel
@pytest.mark.parametrize("layer", confinement.KERNEL_LAYERS)
def test_without_a_layer_the_tier_is_process(confined, layer):
    """A missing layer is reported and lowers the tier."""
    found = confined(withheld=(layer,))
    assert found.tier == "process"
    assert found.missing[layer] == "withheld by --without-layer"


@pytest.mark.parametrize("layer", confinement.KERNEL_LAYERS)
def test_the_demand_fails_closed(server, layer):
    """If a required layer is missing, the grader stops with an error before it runs any submission."""
    with pytest.raises(GraderError) as caught:
        isolation.probe(server, Demand("kernel", (layer,)))
    assert caught.value.slug == "isolation"
    assert caught.value.exit_code == 3
    assert layer in caught.value.found
    assert "no submission was run" in caught.value.where


def test_a_driver_gets_no_more_than_is_demanded(server):
    """If kernel layers are required, GPU workers are refused, and the error suggests another device."""
    with pytest.raises(GraderError) as caught:
        isolation.probe(server, Demand("kernel"), "cuda")
    assert (caught.value.slug, caught.value.exit_code) == ("isolation", 3)
    assert "`--device cuda`" in caught.value.remedy


def test_the_isolation_of_a_gpus_worker_is_told_as_it_is(server):
    """A report for a GPU shows its workers' isolation tier and why it isn't higher."""
    found = isolation.probe(server, Demand(), "cuda")
    assert found.tier == "process"
    assert {found.missing[layer] for layer in confinement.KERNEL_LAYERS} == {confinement.DRIVEN}


def test_a_worker_that_is_not_confined_enough_takes_no_submission(server):
    """An insufficiently isolated worker exits before reading a submission, even after a good probe."""
    from grader.sandbox.worker_end import Died

    worker = Worker.fork(server, isolation=Demand("kernel", ("landlock",)))
    with pytest.raises(Died):
        load(worker, "x = 1", "a.py", "cpu", seconds=5)


def test_the_command_refuses_too(run_process, tmp_path):
    """`--require-isolation kernel` without Landlock gives one error, exits with 3 and runs nothing."""
    (tmp_path / "toeplitz_1d.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    done = run_process("run", tmp_path, "--require-isolation", "kernel", "--without-layer", "landlock")
    assert done.returncode == 3
    assert done.stderr.startswith(
        "error[isolation]: submissions can't be isolated as demanded: missing landlock"
    )
    assert not (tmp_path / "ran").exists()


def test_a_system_without_fork(monkeypatch):
    """On a system without fork, the error says what to use instead."""
    monkeypatch.setattr("grader.sandbox.zygote_client.os.name", "nt")
    with pytest.raises(GraderError, match="can't fork processes"):
        ZygoteClient.start()


def test_tiers_are_ordered():
    """A stronger tier meets a weaker requirement, but a weaker tier doesn't meet a stronger one."""
    assert suffices("kernel+namespaces", "kernel")
    assert suffices("kernel", "process")
    assert not suffices("process", "kernel")


def test_a_self_test_that_succeeds_costs_the_tier():
    """If even one attempt in the self-test succeeds, the tier is `process`."""
    layers = dict.fromkeys(confinement.KERNEL_LAYERS, "on")
    assert Confinement(active=layers, self_test={"fork": "denied"}).tier == "kernel"
    assert Confinement(active=layers, self_test={"fork": "allowed"}).tier == "process"
    assert Confinement(active=layers).tier == "process"
    assert (
        Confinement(active={**layers, "namespaces": "on"}, self_test={"fork": "denied"}).tier
        == "kernel+namespaces"
    )


def test_without_libseccomp(monkeypatch):
    """If libseccomp can't be loaded, its layer is reported as missing, with the reason."""
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    seccomp.program.cache_clear()
    with pytest.raises(seccomp.NoFilter, match="libseccomp can't be loaded"):
        seccomp.program()
    seccomp.program.cache_clear()


@needs_kernel
def test_the_reference_is_in_no_readable_folder(course):
    """No folder that a worker may read contains the course."""
    for folder in confinement.readable():
        assert not course.root.is_relative_to(folder), folder


@needs_kernel
@pytest.mark.skipif(os.getuid() != 0, reason="only root can become an ordinary user")
def test_an_ordinary_user_reaches_the_same_tier(tmp_path):
    """Confinement needs no privileges."""
    code = (
        "import os, sys, tempfile; os.setgid(65534); os.setuid(65534);"
        "os.environ['TMPDIR'] = sys.argv[1];"
        "from grader.sandbox import confinement, seccomp;"
        "found = confinement.confine(sys.argv[1], instructions=seccomp.program(), why_not='', no_namespaces='-');"
        "print(found.tier, sorted(set(found.self_test.values())))"
    )
    folder = tmp_path / "scratch"
    folder.mkdir()
    # An ordinary user can't read root's home, where this interpreter may be, so its modules are loaded before.
    preload = "import pyseccomp; from grader.sandbox import confinement; confinement.readable();"
    for parent in [folder, *folder.parents]:
        if parent == Path("/tmp"):
            break
        parent.chmod(0o777)
    done = subprocess.run(
        [sys.executable, "-c", preload + code, str(folder)],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )
    assert done.stdout.strip() == "kernel ['denied', 'pretended']", done.stderr


def test_namespaces_are_told(server):
    """The report says that namespaces are used, or why they aren't."""
    found = isolation.probe(server, Demand())
    assert ("namespaces" in found.active) != ("namespaces" in found.missing)


def test_a_server_without_namespaces():
    """Without bubblewrap, the run continues without namespaces."""
    with ZygoteClient.start(withheld=("namespaces",)) as plain:
        found = isolation.probe(plain, Demand("process", ("namespaces",)))
        assert found.missing["namespaces"] == "withheld by --without-layer"
