"""Carry in all digits at once: each round moves the carries by one digit and makes them smaller."""

import torch


def multiply_polynomials(p, q):
    for factor in (p, q):
        if factor.dim() != 1 or factor.shape[0] == 0:
            raise ValueError(f"coefficients of shape {tuple(factor.shape)}")
    size = 2
    while size < len(p) + len(q) - 1:
        size *= 2
    both = torch.stack([torch.cat((row, row.new_zeros(size - len(row)))) for row in (p, q)])
    return torch.fft.irfft(torch.fft.rfft(both).prod(dim=0), size)[: len(p) + len(q) - 1]


def multiply_integers(a, b):
    if isinstance(a, bool) or isinstance(b, bool) or not isinstance(a, int) or not isinstance(b, int):
        raise ValueError("a factor isn't an int")  # noqa: TRY004
    rows = [
        torch.tensor(list(abs(n).to_bytes(n.bit_length() // 8 + 1, "little")), dtype=torch.float64)
        for n in (a, b)
    ]
    entries = multiply_polynomials(*rows).round().to(torch.int64)
    entries = torch.cat((entries, entries.new_zeros(8)))
    for _ in range(6):
        carries = entries >> 8
        entries = (entries & 255) + torch.cat((carries.new_zeros(1), carries[:-1]))
    # A carry may run through the whole number; the carries left after some rounds are added as one integer.
    value = int.from_bytes((entries & 255).tolist(), "little")
    value += int.from_bytes((entries >> 8).tolist(), "little") << 8
    return value * (-1) ** ((a < 0) + (b < 0))
