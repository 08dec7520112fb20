"""Every coefficient times every coefficient, in torch's own conv1d."""

from torch.nn.functional import conv1d


def multiply_polynomials(p, q):
    if p.dim() != 1 or q.dim() != 1 or 0 in (len(p), len(q)):
        raise ValueError("expected two vectors with entries")
    # torch's conv1d is the cross-correlation, so one factor is reversed.
    return conv1d(p[None, None], q.flip(0)[None, None], padding=len(q) - 1)[0, 0]


def multiply_integers(a, b):
    return a * b
