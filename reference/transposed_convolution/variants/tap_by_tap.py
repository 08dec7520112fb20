"""Tap j sends all samples to positions j, j + s, j + 2 s, ...: one strided slice per tap."""

import torch


def transposed_convolve(y, kernel, stride=1, padding=0):
    for name, value in (("y", y), ("kernel", kernel)):
        if value.dim() != 1 or value.shape[0] < 1:
            raise ValueError(f"{name} has shape {tuple(value.shape)}")
    if stride < 1:
        raise ValueError(f"stride {stride}")
    if padding < 0:
        raise ValueError(f"padding {padding}")
    last = (len(y) - 1) * stride
    whole = torch.zeros(last + len(kernel), dtype=y.dtype, device=y.device)
    for j in range(len(kernel)):
        whole[j : j + last + 1 : stride] += kernel[j] * y
    x = whole[padding : max(len(whole) - padding, 0)]
    if len(x) == 0:
        raise ValueError(f"a padding of {padding} cuts all {len(whole)} samples off")
    return x
