"""Prepares a real accelerator before a submission is loaded, and synchronizes it after each call."""

from __future__ import annotations

import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from grader.sandbox import sim
from grader.sandbox.limits import Limits
from grader.sandbox.wire import Raised

# Which GPUs a process may use, and how they are numbered. The person who runs the grader decides.
CHOICE = ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER")
NONE_VISIBLE = {CHOICE[0]: ""}
# Devices without a driver. All isolation layers work with them.
HOST = ("cpu", sim.NAME)
# After such an error CUDA refuses every further call of the process.
LOST = "CUDA error"


def is_real(device: str) -> bool:
    """Return whether a device has its own driver."""
    return device not in HOST


def make_exact() -> None:
    """Make products and convolutions use the full precision of their dtype.

    By default cuDNN uses TF32 for float32, and cuBLAS sums float16 in float16.
    """
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
    torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False


def start(device: str) -> None:
    """Warm up a device. This takes seconds, which would otherwise count towards a process's first call.

    CUDA creates a context, then loads a library each for products, convolutions and transforms.
    """
    if device == "cuda":
        total = torch.cuda.get_device_properties(0).total_memory
        # A submission's share of the GPU's memory, which the system doesn't limit.
        torch.cuda.set_per_process_memory_fraction(min(1.0, Limits().memory / total))
    square = torch.ones(2, 2, device=device, requires_grad=True)
    if device != "mps":
        F.conv2d(square[None, None], square[None, None])
        F.conv1d(square[None], square[None])
        torch.fft.irfft(torch.fft.rfft(square[0]), 2)
    torch.autograd.grad((square @ square).sum(), square)
    synchronize(device)


def synchronize(device: str) -> None:
    """Wait for a call's work to finish, so that its time and errors are attributed to this call."""
    if device == "cuda":
        torch.cuda.synchronize()
    elif device == "mps":
        torch.mps.synchronize()


def is_lost(device: str, raised: Raised) -> bool:
    """Return whether the process can't use the device any more after this exception."""
    return is_real(device) and raised.message.startswith(LOST)
