"""What is done around a call on a real accelerator, as far as a machine without one can tell."""

import pytest
import torch

from grader.sandbox import accelerators


@pytest.fixture
def backends():
    """Those of torch's backends that may compute with TF32, and afterwards what they were."""
    both = (torch.backends.cuda.matmul, torch.backends.cudnn)
    before = [one.allow_tf32 for one in both]
    yield both
    for one, allowed in zip(both, before, strict=True):
        one.allow_tf32 = allowed


def test_tf32_is_off(backends):
    """Neither a product nor a convolution may be computed with fewer digits than its dtype has."""
    for one in backends:
        one.allow_tf32 = True
    accelerators.make_exact()
    assert [one.allow_tf32 for one in backends] == [False, False]


@pytest.mark.parametrize(
    ("device", "waited"), [("cpu", []), ("sim", []), ("cuda", ["cuda"]), ("mps", ["mps"])]
)
def test_a_call_ends_by_waiting(monkeypatch, device, waited):
    """The device's own work is waited for, and no other's."""
    seen = []
    monkeypatch.setattr("torch.cuda.synchronize", lambda: seen.append("cuda"))
    monkeypatch.setattr("torch.mps.synchronize", lambda: seen.append("mps"))
    accelerators.synchronize(device)
    assert seen == waited
