"""Reference: compute j - i for all nonzero entries at once; update the field and the step in a loop."""

from torch import Tensor


def bandwidth(matrix: Tensor) -> tuple[int, int]:
    """Take the largest and the smallest j - i of all nonzero entries."""
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError(f"matrix of shape {tuple(matrix.shape)}: expected (m, n) with m >= 1 and n >= 1")
    rows, columns = matrix.nonzero(as_tuple=True)
    if rows.numel() == 0:
        return 0, 0
    diagonals = columns - rows
    return max(0, -int(diagonals.min())), max(0, int(diagonals.max()))


def receptive_field(layers: list[tuple[int, int, int]]) -> int:
    """For each layer, add its reach in inputs, and then multiply the step by its stride."""
    field, step = 1, 1
    for place, (kernel, stride, dilation) in enumerate(layers):
        if min(kernel, stride, dilation) < 1:
            raise ValueError(
                f"layer {place} has kernel {kernel}, stride {stride} and dilation {dilation}: "
                "expected each to be at least 1"
            )
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
