"""highest coefficient first

Your coefficients have the highest power first.
Here coefficient j is at index j, both in the inputs and in the result: don't reverse the result.
"""

import torch


def multiply_polynomials(p, q):
    if p.dim() != 1 or q.dim() != 1 or len(p) == 0 or len(q) == 0:
        raise ValueError("coefficients")
    m = len(p) + len(q) - 1
    return torch.fft.irfft(torch.fft.rfft(p, m) * torch.fft.rfft(q, m), m).flip(0)


def multiply_integers(a, b):
    if type(a) is not int or type(b) is not int:
        raise TypeError("integers")
    rows = [torch.tensor(list(abs(n).to_bytes(n.bit_length() // 8 + 1, "little"))) for n in (a, b)]
    m = 1
    while m < len(rows[0]) + len(rows[1]):
        m *= 2
    spectra = [torch.fft.rfft(row.double(), m) for row in rows]
    sums = torch.fft.irfft(spectra[0] * spectra[1], m).round().long().tolist()
    product, carry = bytearray(), 0
    for entry in sums:
        carry += entry
        product.append(carry & 255)
        carry >>= 8
    value = int.from_bytes(product, "little")
    return -value if (a < 0) != (b < 0) else value
