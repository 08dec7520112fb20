"""Oracles for images and 2-D kernels: one loop nest for each formula."""

from __future__ import annotations

import math
from itertools import product

import torch
from torch import Tensor

from reference.formulas.one_dimension import output_length


def unvec(vector: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Fold a flattened tensor back into `shape`. A vector of a different length is returned unchanged."""
    return vector.reshape(shape) if vector.numel() == math.prod(shape) else vector


def cross_correlate_2d(x: Tensor, h: Tensor) -> Tensor:
    """y[r, c] = sum_ab h[a, b] x[r + a, c + b], where h lies inside x: (H, W), (kh, kw) -> (oh, ow)."""
    image, taps = x.tolist(), h.tolist()
    kh, kw = h.shape
    y = [[0.0] * (x.shape[1] - kw + 1) for _ in range(x.shape[0] - kh + 1)]
    for r in range(len(y)):
        for c in range(len(y[r])):
            for a in range(kh):
                for b in range(kw):
                    y[r][c] += taps[a][b] * image[r + a][c + b]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_2d_gradient(g: Tensor, kernel_shape: tuple[int, int], image_shape: tuple[int, int]) -> Tensor:
    """dh[a, b] = sum_rc g[r ow + c, (r + a) W + c + b]: the gradient of <g, T(h)>, (oh ow, H W) -> (kh, kw)."""
    rows = g.tolist()
    (kh, kw), (height, width) = kernel_shape, image_shape
    oh, ow = height - kh + 1, width - kw + 1
    dh = [[0.0] * kw for _ in range(kh)]
    for a in range(kh):
        for b in range(kw):
            for r in range(oh):
                for c in range(ow):
                    dh[a][b] += rows[r * ow + c][(r + a) * width + c + b]
    return torch.tensor(dh, dtype=g.dtype)


def kronecker(left: Tensor, right: Tensor) -> Tensor:
    """K[i p + r, j q + s] = A[i, j] B[r, s]: (m, n), (p, q) -> (m p, n q)."""
    first, second = left.tolist(), right.tolist()
    p, q = right.shape
    rows = [[0.0] * (left.shape[1] * q) for _ in range(left.shape[0] * p)]
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            rows[i][j] = first[i // p][j // q] * second[i % p][j % q]
    return torch.tensor(rows, dtype=left.dtype)


def output_sides(
    image_shape: tuple[int, int],
    kernel_shape: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> tuple[int, int]:
    """(oh, ow): the output lengths along the row axis and along the column axis."""
    axes = zip(image_shape, kernel_shape, stride, padding, dilation, strict=True)
    oh, ow = (output_length(*axis) for axis in axes)
    return oh, ow


def cross_correlate_2d_strided(
    x: Tensor, h: Tensor, stride: tuple[int, int], padding: tuple[int, int], dilation: tuple[int, int]
) -> Tensor:
    """y[i, j] = sum_ab h[a, b] x[i s0 + a d0 - p0, j s1 + b d1 - p1], with x zero outside the image."""
    image, taps = x.tolist(), h.tolist()
    (height, width), (kh, kw) = x.shape, h.shape
    oh, ow = output_sides((height, width), (kh, kw), stride, padding, dilation)
    y = [[0.0] * ow for _ in range(oh)]
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                for b in range(kw):
                    row = i * stride[0] + a * dilation[0] - padding[0]
                    column = j * stride[1] + b * dilation[1] - padding[1]
                    if 0 <= row < height and 0 <= column < width:
                        y[i][j] += taps[a][b] * image[row][column]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_2d_strided_gradient(
    g: Tensor, kh: int, kw: int, stride: tuple[int, int], padding: tuple[int, int], dilation: tuple[int, int]
) -> Tensor:
    """dh[a, b] = sum_ij g[i, j, i s0 + a d0 - p0, j s1 + b d1 - p1]: (oh, ow, H, W) -> (kh, kw)."""
    entries, (oh, ow, height, width) = g.tolist(), g.shape
    dh = [[0.0] * kw for _ in range(kh)]
    for a in range(kh):
        for b in range(kw):
            for i in range(oh):
                for j in range(ow):
                    row = i * stride[0] + a * dilation[0] - padding[0]
                    column = j * stride[1] + b * dilation[1] - padding[1]
                    if 0 <= row < height and 0 <= column < width:
                        dh[a][b] += entries[i][j][row][column]
    return torch.tensor(dh, dtype=g.dtype)


def patches(
    x: Tensor,
    kernel_shape: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> Tensor:
    """u[n, (c kh + a) kw + b, i ow + j] = x[n, c, i s0 + a d0 - p0, j s1 + b d1 - p1]: im2col.

    x is zero outside its images: (N, C, H, W) -> (N, C kh kw, oh ow).
    """
    entries, (batch, channels, height, width), (kh, kw) = x.tolist(), x.shape, kernel_shape
    oh, ow = output_sides((height, width), (kh, kw), stride, padding, dilation)
    u = [[[0.0] * (oh * ow) for _ in range(channels * kh * kw)] for _ in range(batch)]
    for n, c, a, b in product(range(batch), range(channels), range(kh), range(kw)):
        for i, j in product(range(oh), range(ow)):
            row = i * stride[0] + a * dilation[0] - padding[0]
            column = j * stride[1] + b * dilation[1] - padding[1]
            if 0 <= row < height and 0 <= column < width:
                u[n][(c * kh + a) * kw + b][i * ow + j] = entries[n][c][row][column]
    return torch.tensor(u, dtype=x.dtype)


def cross_correlate_images(
    x: Tensor, weight: Tensor, stride: tuple[int, int], padding: tuple[int, int], dilation: tuple[int, int]
) -> Tensor:
    """y[n, o, i, j] = sum_cab weight[o, c, a, b] x[n, c, i s0 + a d0 - p0, j s1 + b d1 - p1]: a Conv2d.

    x is zero outside its images: (N, C, H, W), (C_out, C, kh, kw) -> (N, C_out, oh, ow).
    """
    entries, taps, (batch, _, height, width) = x.tolist(), weight.tolist(), x.shape
    oh, ow = output_sides((height, width), (weight.shape[2], weight.shape[3]), stride, padding, dilation)
    y = [[[[0.0] * ow for _ in range(oh)] for _ in taps] for _ in range(batch)]
    for i, j in product(range(oh), range(ow)):
        for o, c, a, b in product(*map(range, weight.shape)):
            row = i * stride[0] + a * dilation[0] - padding[0]
            column = j * stride[1] + b * dilation[1] - padding[1]
            if 0 <= row < height and 0 <= column < width:
                for n in range(batch):
                    y[n][o][i][j] += taps[o][c][a][b] * entries[n][c][row][column]
    return torch.tensor(y, dtype=x.dtype)


def cross_correlate_images_gradients(
    g: Tensor,
    x: Tensor,
    weight: Tensor,
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> tuple[Tensor, Tensor]:
    """Each product weight[o, c, a, b] x[n, c, row, column] in y contributes to two gradients.

    The gradient of each factor increases by g[n, o, i, j] times the other factor.

    The gradients of <g, cross_correlate_images(x, weight)> have the shapes of x and of weight.
    """
    cotangent, entries, taps = g.tolist(), x.tolist(), weight.tolist()
    dx, dweight = torch.zeros(x.shape).tolist(), torch.zeros(weight.shape).tolist()
    for n, o, i, j in product(*map(range, g.shape)):
        for c, a, b in product(*map(range, weight.shape[1:])):
            row = i * stride[0] + a * dilation[0] - padding[0]
            column = j * stride[1] + b * dilation[1] - padding[1]
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                dx[n][c][row][column] += taps[o][c][a][b] * cotangent[n][o][i][j]
                dweight[o][c][a][b] += entries[n][c][row][column] * cotangent[n][o][i][j]
    return torch.tensor(dx, dtype=x.dtype), torch.tensor(dweight, dtype=weight.dtype)


def toeplitz_2d_strided(
    h: Tensor,
    height: int,
    width: int,
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> Tensor:
    """T[i ow + j, (i s0 + a d0 - p0) W + j s1 + b d1 - p1] = h[a, b], where that pixel exists: -> (oh ow, H W)."""
    taps, (kh, kw) = h.tolist(), h.shape
    oh, ow = output_sides((height, width), (kh, kw), stride, padding, dilation)
    rows = [[0.0] * (height * width) for _ in range(oh * ow)]
    for i, j, a, b in product(range(oh), range(ow), range(kh), range(kw)):
        row = i * stride[0] + a * dilation[0] - padding[0]
        column = j * stride[1] + b * dilation[1] - padding[1]
        if 0 <= row < height and 0 <= column < width:
            rows[i * ow + j][row * width + column] = taps[a][b]
    return torch.tensor(rows, dtype=h.dtype)


def cross_correlate_groups(
    x: Tensor,
    weight: Tensor,
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
) -> Tensor:
    """y[n, o, i, j] = sum_cab weight[o, c, a, b] x[n, g I + c, i s0 + a d0 - p0, j s1 + b d1 - p1].

    G groups of I = C_in / G input channels each, g = o // (C_out / G); x is zero outside its images:
    (N, C_in, H, W), (C_out, I, kh, kw) -> (N, C_out, oh, ow).
    """
    entries, (batch, _, height, width) = x.tolist(), x.shape
    taps, (out, into, kh, kw) = weight.tolist(), weight.shape
    oh, ow = output_sides((height, width), (kh, kw), stride, padding, dilation)
    y = [[[[0.0] * ow for _ in range(oh)] for _ in range(out)] for _ in range(batch)]
    for o, c, a, b in product(range(out), range(into), range(kh), range(kw)):
        channel = o // (out // groups) * into + c
        for i, j in product(range(oh), range(ow)):
            row = i * stride[0] + a * dilation[0] - padding[0]
            column = j * stride[1] + b * dilation[1] - padding[1]
            if 0 <= row < height and 0 <= column < width:
                for n in range(batch):
                    y[n][o][i][j] += taps[o][c][a][b] * entries[n][channel][row][column]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_conv2d_gradient(
    g: Tensor,
    weight_shape: tuple[int, int, int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
) -> Tensor:
    """dw[o, c, a, b] = sum_ij g[o, i, j, o // (C_out / G) I + c, i s0 + a d0 - p0, j s1 + b d1 - p1].

    G groups of I input channels each: (C_out, oh, ow, C_in, H, W) -> (C_out, I, kh, kw).
    """
    entries, (out, oh, ow, _, height, width), (_, into, kh, kw) = g.tolist(), g.shape, weight_shape
    dw = [[[[0.0] * kw for _ in range(kh)] for _ in range(into)] for _ in range(out)]
    for o, c, a, b in product(range(out), range(into), range(kh), range(kw)):
        channel = o // (out // groups) * into + c
        for i, j in product(range(oh), range(ow)):
            row = i * stride[0] + a * dilation[0] - padding[0]
            column = j * stride[1] + b * dilation[1] - padding[1]
            if 0 <= row < height and 0 <= column < width:
                dw[o][c][a][b] += entries[o][i][j][channel][row][column]
    return torch.tensor(dw, dtype=g.dtype)


def convolve_2d(x: Tensor, h: Tensor) -> Tensor:
    """y[i + a, j + b] += h[a, b] x[i, j]: (H, W), (kh, kw) -> (H + kh - 1, W + kw - 1)."""
    image, taps = x.tolist(), h.tolist()
    (height, width), (kh, kw) = x.shape, h.shape
    y = [[0.0] * (width + kw - 1) for _ in range(height + kh - 1)]
    for i in range(height):
        for j in range(width):
            for a in range(kh):
                for b in range(kw):
                    y[i + a][j + b] += taps[a][b] * image[i][j]
    return torch.tensor(y, dtype=x.dtype)


def convolve_2d_circular(x: Tensor, h: Tensor) -> Tensor:
    """y[r, c] = sum_ab h[a, b] x[(r - a) mod H, (c - b) mod W]: (H, W), (kh, kw) -> (H, W)."""
    image, taps = x.tolist(), h.tolist()
    height, width = x.shape
    y = [[0.0] * width for _ in range(height)]
    for r in range(height):
        for c in range(width):
            for a in range(h.shape[0]):
                for b in range(h.shape[1]):
                    y[r][c] += taps[a][b] * image[(r - a) % height][(c - b) % width]
    return torch.tensor(y, dtype=x.dtype)


def doubly_block_circulant_gradient(g: Tensor, kh: int, kw: int) -> Tensor:
    """dh[a, b] = sum_ij g[(i + a) mod H, (j + b) mod W, i, j]: (H, W, H, W) -> (kh, kw)."""
    entries, (height, width) = g.tolist(), g.shape[2:]
    dh = [[0.0] * kw for _ in range(kh)]
    for a in range(kh):
        for b in range(kw):
            for i in range(height):
                for j in range(width):
                    dh[a][b] += entries[(i + a) % height][(j + b) % width][i][j]
    return torch.tensor(dh, dtype=g.dtype)


def cross_correlate_separable(x: Tensor, u: Tensor, v: Tensor) -> Tensor:
    """y[r, c] = sum_ab u[a] v[b] x[r + a, c + b], where outer(u, v) lies inside x: (H, W) -> (oh, ow)."""
    image, down, right = x.tolist(), u.tolist(), v.tolist()
    y = [[0.0] * (x.shape[1] - len(right) + 1) for _ in range(x.shape[0] - len(down) + 1)]
    for r in range(len(y)):
        for c in range(len(y[r])):
            for a in range(len(down)):
                for b in range(len(right)):
                    y[r][c] += down[a] * right[b] * image[r + a][c + b]
    return torch.tensor(y, dtype=x.dtype)


def separable_gradients(
    g: Tensor, u: Tensor, v: Tensor, image_shape: tuple[int, int]
) -> tuple[Tensor, Tensor]:
    """du[a] = sum_b v[b] dh[a, b] and dv[b] = sum_a u[a] dh[a, b], where dh is the gradient of h = outer(u, v)."""
    dh = toeplitz_2d_gradient(g, (len(u), len(v)), image_shape).tolist()
    down, right = u.tolist(), v.tolist()
    du, dv = [0.0] * len(down), [0.0] * len(right)
    for a in range(len(down)):
        for b in range(len(right)):
            du[a] += right[b] * dh[a][b]
            dv[b] += down[a] * dh[a][b]
    return torch.tensor(du, dtype=u.dtype), torch.tensor(dv, dtype=v.dtype)
