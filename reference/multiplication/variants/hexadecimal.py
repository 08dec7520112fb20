"""Use complex transforms and hexadecimal digits; compute the carries digit by digit with divmod."""

import torch


def multiply_polynomials(p, q):
    if (p.ndim, q.ndim) != (1, 1) or p.numel() * q.numel() == 0:
        raise ValueError("two polynomials with coefficients were expected")
    m = p.numel() + q.numel() - 1
    m += m % 2
    return torch.fft.ifft(torch.fft.fft(p, m) * torch.fft.fft(q, m)).real[: p.numel() + q.numel() - 1]


def multiply_integers(a, b):
    if type(a) != type(b) or type(a) is not int:  # noqa: E721
        raise TypeError("only ints are multiplied here")
    digits = [
        torch.tensor([int(digit, 16) for digit in reversed(f"{abs(factor):x}")], dtype=torch.float64)
        for factor in (a, b)
    ]
    entries = multiply_polynomials(*digits).round().long().tolist()
    carry, text = 0, []
    for entry in entries:
        carry, digit = divmod(entry + carry, 16)
        text.append(f"{digit:x}")
    magnitude = int(f"{carry:x}" + "".join(reversed(text)), 16)
    return magnitude if (a < 0) == (b < 0) else -magnitude
