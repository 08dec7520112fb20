"""What a real accelerator needs before a submission is loaded, and at the end of each call."""

from __future__ import annotations

import torch

# Which of a machine's GPUs a process may use: whoever runs the grader decides.
CHOICE = "CUDA_VISIBLE_DEVICES"


def make_exact() -> None:
    """Have float32 products and convolutions computed as float32: cuDNN would take TF32 of its own accord."""
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False


def synchronize(device: str) -> None:
    """Wait for what a call has begun, so that its time and its errors are its own."""
    if device == "cuda":
        torch.cuda.synchronize()
    elif device == "mps":
        torch.mps.synchronize()
