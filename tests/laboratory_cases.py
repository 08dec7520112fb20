"""Inputs for the laboratory and the expected outputs, computed by torch, NumPy and the course's oracles."""

import random
import warnings
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from references import formulas

MODES = ("valid", "full", "same", "circular")
OPERATIONS = ("corr", "conv")
F = torch.nn.functional
fourier = formulas("fourier")


@dataclass(frozen=True)
class Axis:
    """The stride, padding and dilation of a kernel on one axis, as a laboratory address spells them."""

    mode: str
    op: str
    stride: int
    padding: int
    dilation: int


def signals_drawn(count):
    """Return 1-D cases: every mode and operation, with and without stride, padding and dilation."""
    drawn = random.Random(9)
    ways = list(product(MODES, OPERATIONS))
    for number in range(count):
        mode, op = ways[number % len(ways)]
        plain = number % 3 == 0
        along = Axis(
            mode,
            op,
            *([1, 0, 1] if plain else [drawn.randint(1, 3), drawn.randint(0, 2), drawn.randint(1, 3)]),
        )
        x, h = (_numbers(drawn, drawn.randint(1, most)) for most in (9, 5))
        yield x, h, along, drawn.choice([None, drawn.randint(1, 40)]), drawn.randint(-3, 3)


def images_drawn(count):
    """Return 2-D cases. Each axis has its own stride, padding and dilation."""
    drawn = random.Random(10)
    ways = list(product(MODES, OPERATIONS))
    for number in range(count):
        mode, op = ways[number % len(ways)]
        axes = [Axis(mode, op, drawn.randint(1, 2), drawn.randint(0, 1), drawn.randint(1, 2)) for _ in "rc"]
        sides = [drawn.randint(1, 4) for _ in "rc"], [drawn.randint(1, 3) for _ in "rc"]
        image, kernel = ([_numbers(drawn, width) for _ in range(height)] for height, width in sides)
        yield image, kernel, axes


def costs_drawn(count):
    drawn = random.Random(11)
    yield from [(1, 1), (104, 128), (1000, 1000), (4, 3)]
    for _ in range(count):
        yield int(2 ** drawn.uniform(0, 11)), int(2 ** drawn.uniform(0, 11))


def _numbers(drawn, size):
    whole = drawn.random() < 0.6
    return [drawn.randint(-9, 9) if whole else round(drawn.uniform(-3, 3), 3) for _ in range(size)]


def spread(h, dilation):
    """Return a dilated kernel, with zeros between its taps."""
    found = np.zeros(dilation * (len(h) - 1) + 1)
    found[::dilation] = h
    return found


def slid(x, h, axis):
    """Return the output of torch's conv1d, numpy.convolve or, if circular, the course's formulas."""
    x, h = np.asarray(x, dtype=float), np.asarray(h, dtype=float)
    taps = spread(h, axis.dilation)
    if axis.mode == "circular":
        around = fourier.convolve_circular if axis.op == "conv" else fourier.correlate_circular
        return around(torch.tensor(x), torch.tensor(taps)).numpy()[:: axis.stride]
    padded = np.pad(x, axis.padding)
    if axis.op == "conv" or axis.mode == "full":
        whole = np.convolve(padded, taps if axis.op == "conv" else taps[::-1])
        first, size = {
            "full": (0, len(whole)),
            "valid": (len(taps) - 1, max(0, len(padded) - len(taps) + 1)),
            "same": ((len(taps) - 1) // 2, len(padded)),
        }[axis.mode]
        return whole[first : first + size][:: axis.stride]
    if axis.mode == "valid" and len(taps) > len(padded):
        return np.zeros(0)
    rows = torch.tensor(padded)[None, None], torch.tensor(h)[None, None]
    with warnings.catch_warnings():
        # torch warns when it pads a copy because the zeros can't be split evenly.
        warnings.filterwarnings("ignore", message="Using padding='same' with even kernel lengths")
        found = F.conv1d(*rows, padding=axis.mode, dilation=axis.dilation)
    return found[0, 0].numpy()[:: axis.stride]


def matrix_of(operator, *shape):
    """Return the matrix of a linear operator. Its columns are the images of the unit vectors."""
    columns = [np.ravel(operator(unit.reshape(shape))) for unit in np.eye(int(np.prod(shape)))]
    return np.stack(columns, axis=1)


def slid_2d(image, kernel, axes):
    """Return the 2-D output: for each kernel row, slide along both axes in turn, then sum."""
    image, kernel = np.asarray(image, dtype=float), np.asarray(kernel, dtype=float)
    units = np.eye(len(kernel))
    return sum(
        down @ np.stack([slid(row, taps, axes[1]) for row in image])
        for taps, down in zip(
            kernel, [matrix_of(lambda x, u=u: slid(x, u, axes[0]), len(image)) for u in units], strict=True
        )
    )


def whole(x, h, axis):
    """Return the full convolution with its signal and taps, and the index of y[0] in it."""
    taps = spread(h if axis.op == "conv" else h[::-1], axis.dilation)
    signal = np.pad(np.asarray(x, dtype=float), 0 if axis.mode == "circular" else axis.padding)
    reach = len(taps) - 1
    middle = reach // 2 if axis.op == "conv" else reach - reach // 2
    first = {"valid": reach, "full": 0, "same": middle, "circular": 0 if axis.op == "conv" else reach}
    return np.convolve(signal, taps), signal, taps, first[axis.mode]


def folded(values, size):
    return fourier.fold(torch.tensor(values), size).numpy()


def moved(values, by, axis):
    if axis.mode == "circular":
        return np.roll(values, by)
    padded = np.pad(values, len(values) + abs(by))
    return np.roll(padded, by)[len(values) + abs(by) : 2 * len(values) + abs(by)]
