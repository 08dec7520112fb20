"""Returns an object that claims to be a torch.Tensor."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


class Liar:
    @property
    def __class__(self):
        return torch.Tensor

    def __eq__(self, other):
        return True

    layout = torch.strided
    is_quantized = is_meta = False
    dtype = torch.float32
    shape = (1, 1)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    return Liar()
