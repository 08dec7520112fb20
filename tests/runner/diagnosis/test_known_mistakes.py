"""A mistake is named only if the submission makes it."""

import pytest

FFT = """
import torch

def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    {before}
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m){after}
"""
MATRIX = """
import torch

def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k, m = len(kernel), n - len(kernel) + 1
    {body}
    return matrix
"""
NUMPY_FFT = """
import numpy as np
import torch

def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)) or block < 1:
        raise ValueError("x, h, block")
    y = np.zeros(len(x) + len(h) - 1)
    size = block + len(h) - 1
    for start in range(0, len(x), block):
        part = x[start : start + block].numpy()
        m = len(part) + len(h) - 1
        y[start : start + m] += np.fft.irfft(np.fft.rfft(part, size) * np.fft.rfft(h.numpy(), size), size)[:m]
    return torch.from_numpy(y).to(x.dtype)
"""
WRONG = {
    "no matrix at all": ("toeplitz_1d", "gradient", MATRIX.format(body="matrix = None"), {"detached"}),
    "a transform that fails at scale": (
        "fft_convolution",
        "scale",
        FFT.format(before='assert m < 10**5, "too long"', after=""),
        {"direct"},
    ),
    "another error at scale": (
        "fft_convolution",
        "scale",
        FFT.format(
            before="""if m > 10**5:
        raise RuntimeError("I have no room")""",
            after="",
        ),
        {"direct"},
    ),
    "half of the digits": (
        "fft_convolution",
        "dtype",
        FFT.format(before="", after=" * (1 + 90 * torch.finfo(x.dtype).eps)"),
        {"changed_in_place"},
    ),
    "as many rows as columns": (
        "toeplitz_1d",
        "shape",
        MATRIX.format(
            body="""matrix = kernel.new_zeros(n, n)
    for i in range(n):
        matrix[i, i : i + k] = kernel[: n - i]"""
        ),
        {"one_row_short"},
    ),
    "through a transform of the matrix": (
        "toeplitz_1d",
        "first_row",
        MATRIX.format(
            body="""matrix = kernel.new_zeros(m, n)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix = torch.fft.ifft(torch.fft.fft(matrix)).real"""
        ),
        {"detached"},
    ),
    "blocks through NumPy": ("overlap_add", "method", NUMPY_FFT, {"direct"}),
}


@pytest.fixture(scope="module")
def results(judged):
    """Return the result of each submission."""
    return dict(
        zip(WRONG, judged([(exercise, text) for exercise, _, text, _ in WRONG.values()]), strict=True)
    )


@pytest.mark.parametrize("wrong", WRONG)
def test_no_mistake_is_named_that_is_not_made(wrong, results):
    """The broken property is not met, and no similar known mistake is named."""
    _, broken, _, false = WRONG[wrong]
    found = {one.id: one for one in results[wrong].properties}
    assert found[broken].verdict == "not met"
    named = {one.misconception.slug for one in found.values() if one.misconception is not None}
    assert not named & false


def test_the_input_that_no_gradient_reaches_is_named(course, judged):
    """A detached bias is reported as such, and not as the mistake that detaches all inputs."""
    right = course.exercise("im2col").solution.read_text(encoding="utf-8")
    wrong = right.replace("y = y + bias[:, None]", "y = y + bias.detach()[:, None]")
    assert wrong != right
    (result,) = judged([("im2col", wrong)])
    (told,) = [one for one in result.properties if one.verdict != "met"]
    assert told.id == "gradient"
    assert told.reason.startswith("No gradient flows from your result back to `bias`. ")
    assert told.misconception is None
