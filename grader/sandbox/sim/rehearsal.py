"""A short rehearsal that must succeed before the simulated device is used."""

from __future__ import annotations

from collections.abc import Callable

import torch


def rehearse(device: str) -> None:
    """Raise an error if a tensor on the device doesn't behave as it would on a real one."""
    kernel = torch.tensor([1.0, 2.0], device=device, requires_grad=True)
    matrix = torch.zeros(3, 4, device=device)
    for i in range(3):
        matrix[i, i : i + 2] = kernel
    x = torch.arange(4.0).to(device)
    (matrix @ x).sum().backward()  # type: ignore[no-untyped-call]
    _expect(matrix.device.type == device, "a matrix on the device")
    _expect(kernel.grad is not None and kernel.grad.tolist() == [3.0, 6.0], "the gradient [3, 6]")
    _expect(torch.fft.fft(x).cpu().real[0] == 6, "6 as the first entry of a transform")
    _refused(RuntimeError, lambda: x + torch.ones(4))
    _refused(TypeError, x.numpy)


def _expect(met: object, what: str) -> None:
    if not met:
        raise AssertionError(f"expected {what}")


def _refused(error: type[Exception], act: Callable[[], object]) -> None:
    try:
        act()
    except error:
        return
    raise AssertionError(f"expected {error.__name__} from {act}")
