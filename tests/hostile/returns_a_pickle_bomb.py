"""Returns an object whose unpickling would run a function."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


class Bomb:
    def __reduce__(self):
        return print, ("hostile pickle ran",)

    __reduce_ex__ = __getstate__ = lambda self, *a: (print, ("hostile pickle ran",))


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    return [Bomb()]
