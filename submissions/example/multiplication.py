"""Products of polynomials and integers: both are convolutions."""

import torch
from torch import Tensor


def multiply_polynomials(p: Tensor, q: Tensor) -> Tensor:
    """Convolve the coefficients."""
    if p.dim() != 1 or q.dim() != 1:
        raise ValueError("the coefficients need one axis")
    if len(p) == 0 or len(q) == 0:
        raise ValueError("a polynomial without coefficients")
    m = len(p) + len(q) - 1
    p_hat = torch.fft.rfft(p, n=m)
    q_hat = torch.fft.rfft(q, n=m)
    return torch.fft.irfft(p_hat * q_hat, n=m)


def to_digits(number):
    """Bytes, lowest first, as float64 so that the rounding below is safe."""
    length = max(1, (number.bit_length() + 7) // 8)
    return torch.tensor(list(number.to_bytes(length, "little")), dtype=torch.float64)


def multiply_integers(a: int, b: int) -> int:
    """Multiply the digits as polynomials, then carry."""
    if type(a) is not int or type(b) is not int:
        raise TypeError("both factors must be ints")

    entries = multiply_polynomials(to_digits(abs(a)), to_digits(abs(b)))
    entries = torch.round(entries).long().tolist()

    digits = []
    carry = 0
    for entry in entries:
        carry += entry
        digits.append(carry % 256)
        carry //= 256
    while carry > 0:
        digits.append(carry % 256)
        carry //= 256

    product = int.from_bytes(bytes(digits), "little")
    if (a < 0) != (b < 0):
        product = -product
    return product
