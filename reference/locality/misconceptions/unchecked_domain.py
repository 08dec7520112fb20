"""arguments not checked

A tensor with one or three axes has no diagonal, and a layer can't have a stride or a kernel of 0.
Raise ValueError: without the check, the formulas return wrong numbers.
"""

import torch


def bandwidth(matrix):
    places = torch.atleast_2d(matrix.squeeze(0)).nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
