"""Every coefficient times every coefficient, in two loops."""

import torch


def multiply_polynomials(p, q):
    if p.dim() != 1 or q.dim() != 1 or 0 in (len(p), len(q)):
        raise ValueError("expected two vectors with entries")
    product = torch.zeros(len(p) + len(q) - 1, dtype=p.dtype, device=p.device)
    for i in range(len(p)):
        for j in range(len(q)):
            product[i + j] += p[i] * q[j]
    return product


def multiply_integers(a, b):
    return a * b
