"""Reference: both functions use one FFT product; the digits are bytes; Python's ints handle carries."""

import torch
from torch import Tensor


def multiply_polynomials(p: Tensor, q: Tensor) -> Tensor:
    """Multiply the zero-padded transforms, transform back, and keep the n + k - 1 coefficients."""
    if p.dim() != 1 or q.dim() != 1 or 0 in (len(p), len(q)):
        raise ValueError(
            f"polynomials of shapes {tuple(p.shape)} and {tuple(q.shape)}: "
            "expected (n,) and (k,) with n >= 1 and k >= 1"
        )
    length = len(p) + len(q) - 1
    size = 1 << (length - 1).bit_length()
    spectrum = torch.fft.rfft(p, size) * torch.fft.rfft(q, size)
    return torch.fft.irfft(spectrum, size)[:length]


def multiply_integers(a: int, b: int) -> int:
    """Convolve the bytes and round. The i-th bytes of all entries form one integer; add these integers."""
    for factor in (a, b):
        if type(factor) is not int:
            raise TypeError(f"a factor of type {type(factor).__name__}: expected an int")
    sums = multiply_polynomials(_digits(a), _digits(b)).round().to(torch.int64)
    # A digit's square times the number of digits stays far below 2^63, so eight planes hold every entry.
    planes = [int.from_bytes((sums >> 8 * i & 255).tolist(), "little") << 8 * i for i in range(8)]
    return -sum(planes) if (a < 0) != (b < 0) else sum(planes)


def _digits(a: int) -> Tensor:
    """Return the bytes of |a|, lowest first, as float64."""
    digits = abs(a).to_bytes(max(1, (a.bit_length() + 7) // 8), "little")
    return torch.frombuffer(bytearray(digits), dtype=torch.uint8).to(torch.float64)
