"""digits too large for float64

Your digits have 24 bits, so the entries of the convolution soon exceed 2^53, and rounding can't recover their exact values.
Use smaller digits: with bytes you can have hundreds of thousands of them.
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
    base = 1 << 24
    rows = []
    for n in (a, b):
        digits = abs(n).to_bytes(3 * (n.bit_length() // 24 + 1), "little")
        rows.append(
            torch.tensor([int.from_bytes(digits[i : i + 3], "little") for i in range(0, len(digits), 3)])
        )
    m = 1
    while m < len(rows[0]) + len(rows[1]):
        m *= 2
    spectra = [torch.fft.rfft(row.double(), m) for row in rows]
    sums = torch.fft.irfft(spectra[0] * spectra[1], m).round().long().tolist()
    planes, carry = bytearray(), 0
    for entry in sums:
        carry += entry
        planes += (carry % base).to_bytes(3, "little")
        carry //= base
    value = int.from_bytes(planes, "little")
    return -value if (a < 0) != (b < 0) else value
