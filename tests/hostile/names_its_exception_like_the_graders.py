"""Raises exceptions that are named like the grader's own: Unavailable, Stopped, PropertyBroken."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


names = ["Unavailable", "Stopped", "PropertyBroken", "GraderError", "Died", "Flaky"]


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    names.append(names.pop(0))
    raise type(names[0], (Exception,), {"by_submission": False, "keeps_points": False})("no device here")
