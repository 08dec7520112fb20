import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1:
        raise ValueError("x and grad_y must be vectors")
    if k < 1 or k > len(x):
        raise ValueError("k must be between 1 and the length of x")
    places = len(x) - k + 1
    if len(grad_y) != places:
        raise ValueError("grad_y must have n - k + 1 entries")

    gradient = torch.zeros(k, dtype=x.dtype, device=x.device)
    for j in range(k):
        # tap j meets x[j], x[j + 1], ... at place 0, 1, ...
        gradient[j] = (grad_y * x[j : j + places]).sum()
    return gradient


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("need a matrix with at least one entry")
    m, n = matrix.shape

    result = torch.zeros_like(matrix)
    for d in range(-(m - 1), n):
        mean = matrix.diagonal(d).mean()
        for i in range(m):
            j = i + d
            if 0 <= j < n:
                result[i, j] = mean
    return result
