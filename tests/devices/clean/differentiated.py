"""kernel_gradient: autograd computes it, even on another device."""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError
    with torch.enable_grad():
        kernel = torch.zeros(k, dtype=x.dtype, device=x.device, requires_grad=True)
        y = x.unfold(0, k, 1) @ kernel
        (gradient,) = torch.autograd.grad(y, kernel, grad_y, create_graph=x.requires_grad)
    return gradient


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or not matrix.numel():
        raise ValueError
    m, n = matrix.shape
    projected = torch.empty_like(matrix)
    for offset in range(1 - m, n):
        diagonal = matrix.diagonal(offset)
        projected.diagonal(offset).copy_(diagonal.mean().expand(len(diagonal)))
    return projected
