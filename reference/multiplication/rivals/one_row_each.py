"""School multiplication: one shifted copy of p for each coefficient of q, all added up."""

import torch


def multiply_polynomials(p, q):
    if p.dim() != 1 or q.dim() != 1 or 0 in (len(p), len(q)):
        raise ValueError("expected two vectors with entries")
    product = torch.zeros(len(p) + len(q) - 1, dtype=p.dtype, device=p.device)
    for j in range(len(q)):
        product[j : j + len(p)] += q[j] * p
    return product


def multiply_integers(a, b):
    return a * b
