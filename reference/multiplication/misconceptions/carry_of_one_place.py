"""carry added to the next place only

You add each carry to the original next entry, so a carry that runs over several digits is lost.
Start at the lowest digit, and compute each carry from a sum that includes the previous carry.
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
    rows = [torch.tensor(list(abs(n).to_bytes(n.bit_length() // 8 + 1, "little"))) for n in (a, b)]
    m = 1
    while m < len(rows[0]) + len(rows[1]):
        m *= 2
    spectra = [torch.fft.rfft(row.double(), m) for row in rows]
    sums = torch.fft.irfft(spectra[0] * spectra[1], m).round().long().tolist()
    carried = [entry + before // 256 for entry, before in zip(sums, [0, *sums])]
    value = int.from_bytes(bytes(entry & 255 for entry in carried), "little")
    return -value if (a < 0) != (b < 0) else value
