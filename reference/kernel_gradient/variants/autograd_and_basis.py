"""Use autograd for the gradient, and project onto an orthogonal basis of one 0/1 matrix per diagonal."""

import torch
from torch.nn.functional import conv1d


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or x.numel() < 1 or grad_y.numel() < 1:
        raise ValueError("expected two vectors that aren't empty")
    if k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError(f"{k} taps on {len(x)} samples don't give {len(grad_y)} outputs")
    with torch.enable_grad():
        kernel = torch.zeros(k, dtype=x.dtype, device=x.device, requires_grad=True)
        y = conv1d(x[None, None], kernel[None, None])[0, 0]
        (gradient,) = torch.autograd.grad((y * grad_y).sum(), kernel, create_graph=True)
    return gradient


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or not matrix.shape.numel():
        raise ValueError("expected (m, n)")
    m, n = matrix.shape
    diagonal = torch.arange(1 - m, n, device=matrix.device)[:, None, None]
    rows, columns = torch.arange(m, device=matrix.device)[:, None], torch.arange(n, device=matrix.device)
    basis = (columns - rows == diagonal).to(matrix.dtype)  # (m + n - 1, m, n)
    weights = torch.tensordot(basis, matrix, dims=2) / basis.sum((1, 2))
    return torch.tensordot(weights, basis, dims=1)
