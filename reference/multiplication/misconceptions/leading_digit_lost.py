"""last carry lost

You stop at the end of the convolution and lose the last carry, the product's highest digit.
Two numbers of n and k digits can have a product of n + k digits: continue until no carry is left.
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
    rows = [torch.tensor(list(abs(n).to_bytes(max(1, (n.bit_length() + 7) // 8), "little"))) for n in (a, b)]
    m = len(rows[0]) + len(rows[1]) - 1
    spectra = [torch.fft.rfft(row.double(), m) for row in rows]
    sums = torch.fft.irfft(spectra[0] * spectra[1], m).round().long().tolist()
    product, carry = bytearray(), 0
    for entry in sums:
        carry += entry
        product.append(carry & 255)
        carry >>= 8
    value = int.from_bytes(product, "little")
    return -value if (a < 0) != (b < 0) else value
