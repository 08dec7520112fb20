"""Returns a named, a nested, a meta, a quantized and a sparse tensor in turn."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


turn = []


def build_toeplitz_1d(kernel, n):
    result = wrong(kernel).float()
    turn.append(1)
    kinds = [
        lambda: torch.zeros(1, 1, names=("a", "b")),
        lambda: torch.nested.nested_tensor([result, result]),
        lambda: torch.empty(1, 1, device="meta"),
        lambda: torch.quantize_per_tensor(result, 0.1, 0, torch.quint8),
        lambda: result.to_sparse(),
        lambda: torch.zeros(3, dtype=torch.complex32),
    ]
    return kinds[len(turn) % len(kinds)]()
