"""Mask the matrix of index differences; find the last input that output 0 depends on."""

import torch


def bandwidth(matrix):
    if len(matrix.shape) != 2 or matrix.numel() < 1:
        raise ValueError("expected a matrix with entries")
    rows = torch.arange(matrix.shape[0], device=matrix.device)[:, None]
    columns = torch.arange(matrix.shape[1], device=matrix.device)
    above = torch.where(matrix != 0, columns - rows, 0)
    return int((-above).max()), int(above.max())


def receptive_field(layers):
    last = 0
    for kernel, stride, dilation in reversed(list(layers)):
        if kernel < 1 or stride < 1 or dilation < 1:
            raise ValueError("less than 1")
        last = last * stride + (kernel - 1) * dilation
    return last + 1
