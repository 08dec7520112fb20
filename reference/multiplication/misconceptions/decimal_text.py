"""digits taken from decimal text

You get the digits with str(a), which raises ValueError for ints of more than 4300 decimal digits.
to_bytes, hex, shifts and masks have no such limit: use digits of base 256.
"""

import torch


def multiply_polynomials(p, q):
    if p.dim() != 1 or q.dim() != 1 or len(p) == 0 or len(q) == 0:
        raise ValueError("coefficients")
    m = len(p) + len(q) - 1
    return torch.fft.irfft(torch.fft.rfft(p, m) * torch.fft.rfft(q, m), m)


def multiply_integers(a, b):
    if type(a) is not int or type(b) is not int:
        raise TypeError("integers")
    rows = [torch.tensor([int(digit) for digit in reversed(str(abs(n)))]) for n in (a, b)]
    m = 1
    while m < len(rows[0]) + len(rows[1]):
        m *= 2
    spectra = [torch.fft.rfft(row.double(), m) for row in rows]
    sums = torch.fft.irfft(spectra[0] * spectra[1], m).round().long().tolist()
    digits, carry = [], 0
    for entry in sums:
        carry += entry
        digits.append(str(carry % 10))
        carry //= 10
    value = int("".join(reversed(digits)))
    return -value if (a < 0) != (b < 0) else value
