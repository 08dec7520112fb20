"""Test the code around calls on a real accelerator, as far as possible without one."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
import torch

from grader.sandbox import accelerators, wire, worker

# Maps as much memory as torch's libraries for CUDA do, then takes the given MiB more.
TAKES_MEMORY = """
import mmap, sys
from grader.sandbox import limits
held = mmap.mmap(-1, 4 << 30, prot=mmap.PROT_READ, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
limits.apply(limits.Limits(), accelerator=False)
taken = bytearray(int(sys.argv[1]) << 20)
"""


@pytest.fixture
def backends():
    """Return torch's settings for reduced-precision products, and restore them afterwards."""
    matmul = torch.backends.cuda.matmul
    both = [
        *((one, "allow_tf32") for one in (matmul, torch.backends.cudnn)),
        *((matmul, f"allow_{dtype}_reduced_precision_reduction") for dtype in ("fp16", "bf16")),
    ]
    before = [getattr(*one) for one in both]
    yield both
    for one, allowed in zip(both, before, strict=True):
        setattr(*one, allowed)


def test_no_digits_are_saved(backends):
    """Products and convolutions may not use less precision than their dtype has."""
    for one in backends:
        setattr(*one, True)
    accelerators.make_exact()
    assert [getattr(*one) for one in backends] == [False] * 4


@pytest.mark.parametrize(
    ("device", "waited"), [("cpu", []), ("sim", []), ("cuda", ["cuda"]), ("mps", ["mps"])]
)
def test_a_call_ends_by_waiting(monkeypatch, device, waited):
    """A call waits only for work on its own device."""
    seen = []
    monkeypatch.setattr("torch.cuda.synchronize", lambda: seen.append("cuda"))
    monkeypatch.setattr("torch.mps.synchronize", lambda: seen.append("mps"))
    accelerators.synchronize(device)
    assert seen == waited


def test_a_call_that_raised_is_waited_for_too(monkeypatch):
    """If a call's work on the device fails later, the error belongs to that call, not to the next."""
    seen = []
    monkeypatch.setattr("torch.cuda.synchronize", lambda: seen.append("cuda"))
    module = SimpleNamespace(f=lambda: [].pop(), __file__="")
    assert worker.answer(module, wire.Ask("f", "call", [], {}), "cuda").type == "IndexError"
    assert seen == ["cuda"]


def test_a_device_is_started_before_a_call(monkeypatch):
    """Starting a device loads the libraries for products, convolutions, transforms and gradients.

    It also waits for the device.
    """
    seen = []
    monkeypatch.setattr(accelerators, "synchronize", seen.append)
    with torch.profiler.profile() as profile:
        accelerators.start("cpu")
    ran = {one.key for one in profile.key_averages()}
    assert {
        "aten::mm",
        "aten::conv2d",
        "aten::conv1d",
        "aten::_fft_r2c",
        "aten::_fft_c2r",
        "MmBackward0",
    } <= ran
    assert seen == ["cpu"]


@pytest.mark.parametrize(("gibibytes", "share"), [(1, 1.0), (2, 1.0), (8, 0.25)])
def test_a_submission_has_a_share_of_a_gpu(monkeypatch, gibibytes, share):
    """A GPU's memory is limited like the machine's, so that one submission leaves room for others."""
    given = []
    card = SimpleNamespace(total_memory=gibibytes << 30)
    monkeypatch.setattr("torch.cuda.get_device_properties", lambda _: card)
    monkeypatch.setattr("torch.cuda.set_per_process_memory_fraction", given.append)
    monkeypatch.setattr("torch.ones", lambda *_, **__: pytest.skip("the rest needs CUDA"))
    with pytest.raises(pytest.skip.Exception):
        accelerators.start("cuda")
    assert given == [share]


def test_a_device_that_can_not_be_started_is_told():
    """A device that doesn't start is reported as such, because no submission is at fault."""
    assert worker.begin("cpu") == wire.Begun()
    assert worker.begin("meta:no") == wire.Begun(worker.begin("meta:no").trouble)
    assert worker.begin("meta:no").trouble.startswith("RuntimeError: Invalid device string")


@pytest.mark.parametrize(
    ("device", "message", "lost"),
    [
        ("cuda", "CUDA error: device-side assert triggered", True),
        ("cuda", "CUDA out of memory. Tried to allocate 20.00 GiB.", False),
        ("cuda", "shape mismatch", False),
        ("cpu", "CUDA error: no kernel image", False),
    ],
)
def test_what_a_process_does_not_get_over(device, message, lost):
    """After an error in CUDA itself, the process can't use the device; after other errors it can."""
    assert accelerators.is_lost(device, wire.Raised("AcceleratorError", [], message, 3)) == lost


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit no address space")
@pytest.mark.parametrize(("mebibytes", "fits"), [(256, True), (3072, False)])
def test_what_torch_maps_is_nobodys_memory(mebibytes, fits):
    """A submission gets its full memory limit, even if torch for CUDA already maps more than that."""
    done = subprocess.run(
        [sys.executable, "-c", TAKES_MEMORY, str(mebibytes)], capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) == fits
    assert fits == ("MemoryError" not in done.stderr)
