"""Use digits between -1024 and 1023 to keep the entries small; join neighbouring entries in pairs."""

import torch

BITS = 11


def multiply_polynomials(p, q):
    if p.dim() != 1 or q.dim() != 1:
        raise ValueError("one axis each")
    if min(p.shape[0], q.shape[0]) < 1:
        raise ValueError("a polynomial has at least one coefficient")
    m = 2 * ((p.shape[0] + q.shape[0]) // 2)
    spectrum = torch.fft.rfft(p, n=m) * torch.fft.rfft(q, n=m)
    return torch.fft.irfft(spectrum, n=m)[: p.shape[0] + q.shape[0] - 1]


def balanced(n):
    bits = n.bit_length()
    text = n.to_bytes((bits + BITS + 7) // 8 + 1, "little")
    digits, carry = [], 0
    for place in range(bits // BITS + 2):
        at = place * BITS
        window = int.from_bytes(text[at // 8 : at // 8 + 3], "little") >> at % 8
        digit = (window & (1 << BITS) - 1) + carry
        carry = digit >> (BITS - 1)
        digits.append(digit - ((digit >> (BITS - 1)) << BITS))
    return torch.tensor(digits, dtype=torch.float64)


def joined(entries):
    width = BITS
    while len(entries) > 1:
        if len(entries) % 2:
            entries.append(0)
        entries = [low + (high << width) for low, high in zip(entries[::2], entries[1::2], strict=True)]
        width *= 2
    return entries[0]


def multiply_integers(a, b):
    if {type(a), type(b)} != {int}:
        raise TypeError(f"{type(a).__name__} times {type(b).__name__}")
    entries = multiply_polynomials(balanced(abs(a)), balanced(abs(b))).round().long().tolist()
    value = joined(entries)
    return -value if a < 0 < b or b < 0 < a else value
