"""Test the laws that connect the exercises, so that the references confirm one another."""

import pytest
import torch
from hypothesis import given, settings
from references import formulas, reference
from torch.nn import functional as F

from grader import close, exactly
from grader.strategies import (
    banks_1d,
    banks_2d,
    complex_signals,
    images,
    kernels,
    kernels_2d,
    layers_1d,
    layers_2d,
    lengths,
    pair,
    signals,
)

pytestmark = pytest.mark.usefixtures("small_integers")
CASES = settings(max_examples=40, deadline=None, derandomize=True, database=None)

toeplitz_1d = reference("toeplitz_1d").build_toeplitz_1d
toeplitz_1d_strided = reference("toeplitz_1d_strided").build_toeplitz_1d_strided
toeplitz_2d = reference("toeplitz_2d").build_toeplitz_2d
toeplitz_2d_strided = reference("toeplitz_2d_strided").build_toeplitz_2d_strided
toeplitz_full = reference("toeplitz_full").build_toeplitz_full
toeplitz_channels = reference("toeplitz_channels").build_toeplitz_channels
toeplitz_conv2d = reference("toeplitz_conv2d").build_toeplitz_conv2d
affine = reference("affine_bias").build_affine
cross_correlate = reference("sliding_window").cross_correlate
via_matrix = reference("convolve_via_matrix").convolve_via_matrix
im2col = reference("im2col")
separable = reference("separable").build_separable
circulant = reference("circulant").build_circulant
multiply_circulants = reference("circulant_product").multiply_circulants
diagonalisation = reference("diagonalisation")
circular_convolve = reference("circular_convolution").circular_convolve
fft_convolve = reference("fft_convolution").fft_convolve
aliasing = reference("aliasing")
two_d = reference("fft_convolution_2d")
toeplitz_matvec = reference("toeplitz_matvec").toeplitz_matvec
overlap_add = reference("overlap_add").overlap_add
multiplication = reference("multiplication")
count_parameters = reference("weight_sharing").count_parameters
equivariance = reference("equivariance")
locality = reference("locality")
gradient = reference("kernel_gradient")
transposed_convolve = reference("transposed_convolution").transposed_convolve
cost_model = reference("cost_model")


# One dimension


@CASES
@given(kernels(), signals(min_size=4))
def test_three_ways_to_slide_a_window(kernel, x):
    """The sliding window, the matrix-vector product and the Toeplitz matrix agree."""
    y = cross_correlate(x, kernel)
    assert via_matrix(x, kernel) == exactly(y)
    assert toeplitz_1d(kernel, len(x)) @ x == exactly(y)


@CASES
@given(layers_1d(max_padding=0, max_dilation=1))
def test_strided_is_rows_of_the_plain_matrix(layer):
    """A stride of s selects every s-th row of the plain matrix."""
    plain = toeplitz_1d(layer.kernel, layer.n)
    assert toeplitz_1d_strided(layer.kernel, layer.n, layer.stride) == exactly(plain[:: layer.stride])


@CASES
@given(layers_1d(max_stride=1, max_dilation=1))
def test_padded_is_columns_of_the_longer_matrix(layer):
    """The padded matrix is the matrix for a longer signal, without the columns for the zeros."""
    n, p = layer.n, layer.padding
    longer = toeplitz_1d(layer.kernel, n + 2 * p)
    assert toeplitz_1d_strided(layer.kernel, n, 1, p) == exactly(longer[:, p : p + n])


@CASES
@given(layers_1d())
def test_one_channel_is_the_plain_matrix(layer):
    """The matrix of a layer with one channel is its kernel's matrix."""
    plain = toeplitz_1d_strided(*layer)
    assert toeplitz_channels(layer.kernel[None, None], *layer[1:]) == exactly(plain)


@CASES
@given(kernels(), lengths(0, 4))
def test_the_valid_matrix_is_the_middle_of_the_full_one(kernel, extra):
    """The full matrix of the reversed kernel contains the valid matrix.

    The valid matrix consists of the rows in which the kernel lies completely inside the signal.
    """
    n, k = len(kernel) + extra, len(kernel)
    assert toeplitz_full(kernel.flip(0), n)[k - 1 : n] == exactly(toeplitz_1d(kernel, n))


@CASES
@given(kernels(), kernels(), signals())
def test_full_matrices_multiply_as_polynomials_do(g, h, x):
    """Convolving with h and then with g equals convolving once with the convolution of g and h."""
    both = toeplitz_full(g, len(x) + len(h) - 1) @ toeplitz_full(h, len(x))
    assert both == exactly(toeplitz_full(multiplication.multiply_polynomials(g, h).round(), len(x)))


@CASES
@given(kernels(), signals(min_size=4))
def test_an_affine_map_is_a_product_and_a_sum(kernel, x):
    """The matrix with a column for the bias adds the bias to each output."""
    bias = torch.tensor(3.0)
    y = affine(kernel, bias, len(x)) @ torch.cat((x, torch.ones(1)))
    assert y == exactly(torch.cat((cross_correlate(x, kernel) + bias, torch.ones(1))))


# Two dimensions


@CASES
@given(layers_2d(max_padding=0, max_dilation=1))
def test_strided_in_two_dimensions_is_rows_too(layer):
    """Strides select every sh-th row of windows, and every sw-th window in each row."""
    plain = toeplitz_2d(layer.kernel, layer.height, layer.width)
    kh, kw = layer.kernel.shape
    sh, sw = pair(layer.stride)
    windows = plain.reshape(layer.height - kh + 1, layer.width - kw + 1, -1)
    strided = toeplitz_2d_strided(layer.kernel, layer.height, layer.width, layer.stride)
    assert strided == exactly(windows[::sh, ::sw].reshape(len(strided), -1))


@CASES
@given(layers_2d())
def test_one_channel_in_two_dimensions(layer):
    """The matrix of a layer with one channel is its kernel's matrix."""
    plain = toeplitz_2d_strided(*layer)
    assert toeplitz_conv2d(layer.kernel[None, None], *layer[1:]) == exactly(plain)


@CASES
@given(banks_1d())
def test_a_layer_of_one_row_is_one_dimensional(bank):
    """On images with one row, a 2-D layer equals the 1-D layer."""
    across = {"stride": (1, bank.stride), "padding": (0, bank.padding), "dilation": (1, bank.dilation)}
    flat = toeplitz_conv2d(bank.weight[:, :, None], 1, bank.x.shape[1], **across, groups=bank.groups)
    line = toeplitz_channels(
        bank.weight, bank.x.shape[1], bank.stride, bank.padding, bank.dilation, bank.groups
    )
    assert flat == exactly(line)


@CASES
@given(banks_2d(max_groups=1, max_batch=2))
def test_im2col_times_weights_is_the_toeplitz_product(bank):
    """Patches times weights and pixels times the Toeplitz matrix give the same sums."""
    x, weight, *geometry, _ = bank
    y = im2col.conv2d_via_im2col(x, weight, None, *geometry)
    matrix = toeplitz_conv2d(weight, *x.shape[2:], *geometry)
    assert y.flatten(1) == exactly(x.flatten(1) @ matrix.T)
    patches = im2col.im2col(x, tuple(weight.shape[2:]), *geometry)
    assert weight.flatten(1) @ patches == exactly(y.flatten(2))


@CASES
@given(kernels(max_size=3), kernels(max_size=3), images(min_side=3))
def test_separable_is_an_outer_product_and_a_kronecker_product(u, v, x):
    """The matrix of an outer product is the Kronecker product of the factors' matrices."""
    built = separable(u, v, *x.shape)
    assert built == exactly(toeplitz_2d(torch.outer(u, v), *x.shape))
    assert built == exactly(torch.kron(toeplitz_1d(u, x.shape[0]), toeplitz_1d(v, x.shape[1])))


# The Fourier transform


@CASES
@given(complex_signals(), complex_signals())
def test_the_product_of_circulants_is_a_circulant(c, d):
    """The first column of C D determines the whole product."""
    c, d = c[: len(d)], d[: len(c)]
    product = circulant(multiply_circulants(c, d))
    assert product == close(circulant(c) @ circulant(d), scale=c.norm() * d.norm())


@CASES
@given(complex_signals())
def test_the_transform_diagonalises_circulants(c):
    """F C = diag(eigenvalues) F."""
    c = c.to(torch.complex128)
    F_matrix, eigenvalues = diagonalisation.dft_matrix(len(c)), diagonalisation.circulant_eigenvalues(c)
    assert F_matrix @ circulant(c) == close(eigenvalues[:, None] * F_matrix, scale=8 * c.norm(1))


@CASES
@given(signals(), kernels())
def test_circular_is_the_folded_linear_convolution(x, h):
    """circular = alias(linear), and with length n + k - 1 no values are folded."""
    h = h[: len(x)]
    scale = x.norm() * h.norm()
    linear = fft_convolve(x, h)
    assert circular_convolve(x, h) == close(aliasing.alias(linear, len(x)), scale=scale)
    length = aliasing.minimum_fft_length(len(x), len(h))
    assert aliasing.alias(linear, length) == exactly(linear)
    padded = F.pad(x, (0, length - len(x)))
    assert circular_convolve(padded, h) == close(linear, scale=scale)


@CASES
@given(signals(), kernels())
def test_a_circulant_is_a_circular_convolution(x, h):
    """Multiplying by the circulant of h is circular convolution with h.

    Products of circulants are also circular convolutions.
    """
    h = F.pad(h[: len(x)], (0, max(0, len(x) - len(h))))
    scale = x.norm() * h.norm()
    assert circulant(h) @ x == close(circular_convolve(x, h), scale=scale)
    assert multiply_circulants(h, x) == close(circular_convolve(x, h), scale=scale)


@CASES
@given(kernels_2d(), images(min_side=3))
def test_bccb_is_diagonalised_by_the_two_dimensional_transform(kernel, x):
    """The Kronecker product of two Fourier matrices diagonalizes the matrix.

    The diagonal is the kernel's transform.
    """
    height, width = x.shape
    both = torch.kron(diagonalisation.dft_matrix(height), diagonalisation.dft_matrix(width))
    matrix = two_d.build_doubly_block_circulant(kernel, height, width)
    eigenvalues = torch.fft.fft2(kernel.to(both.dtype), s=(height, width)).flatten()
    assert both @ matrix.to(both.dtype) == close(
        eigenvalues[:, None] * both, scale=height * width * kernel.norm(1)
    )


@CASES
@given(kernels_2d(), images(min_side=3))
def test_linear_in_two_dimensions_is_periodic_with_enough_zeros(kernel, x):
    """With enough zeros around the image, periodic and linear 2-D convolution are equal."""
    full = two_d.fft_convolve_2d(x, kernel)
    height, width = full.shape
    padded = F.pad(x, (0, width - x.shape[1], 0, height - x.shape[0]))
    matrix = two_d.build_doubly_block_circulant(kernel, height, width)
    assert full.flatten() == close(matrix @ padded.flatten(), scale=x.norm() * kernel.norm())


@CASES
@given(signals(), signals(), signals())
def test_toeplitz_matvec_is_the_dense_product(column, row, x):
    """The fast product equals T x for the dense matrix T."""
    row = torch.cat((column[:1], row))[: len(x)]
    x = x[: len(row)]
    T = formulas("fourier").torch.tensor(
        [
            [float(column[i - j] if i >= j else row[j - i]) for j in range(len(row))]
            for i in range(len(column))
        ]
    )
    scale = (column.norm() + row.norm()) * x.norm()
    assert toeplitz_matvec(column, row, x) == close(T @ x, scale=scale)


@CASES
@given(kernels(), signals(min_size=4))
def test_toeplitz_matvec_knows_the_exercises_matrices(kernel, x):
    """The plain matrix and the circulant are Toeplitz matrices with known first columns and rows."""
    T = toeplitz_1d(kernel, len(x))
    scale = x.norm() * kernel.norm()
    assert toeplitz_matvec(T[:, 0], T[0], x) == close(T @ x, scale=scale)
    C = circulant(x)
    assert toeplitz_matvec(C[:, 0], C[0], x) == close(C @ x, scale=x.norm() ** 2)


@CASES
@given(signals(max_size=30), kernels(), lengths(1, 9))
def test_overlap_add_is_fft_convolve(x, h, block):
    """For every block size, the sum of the pieces equals the whole convolution."""
    assert overlap_add(x, h, block) == close(fft_convolve(x, h), scale=x.norm() * h.norm())


@CASES
@given(kernels(), signals())
def test_products_of_polynomials_are_convolutions(p, q):
    """The product's coefficients agree with the full matrix and with the transforms."""
    y = multiplication.multiply_polynomials(p, q)
    assert y == close(fft_convolve(p, q), scale=p.norm() * q.norm())
    assert y == close(toeplitz_full(p, len(q)) @ q, scale=p.norm() * q.norm())


@CASES
@given(lengths(0, 10**9), lengths(-(10**12), 10**12))
def test_integers_are_polynomials_at_ten(a, b):
    """The exact product of integers is the product of their digit sequences, after carrying."""
    assert multiplication.multiply_integers(a, b) == a * b


# The structure of the operator


@CASES
@given(kernels(), lengths(0, 6))
def test_shared_weights_are_counted(kernel, extra):
    """The matrix has as many entries as a dense layer, and its band is as wide as the kernel."""
    n = len(kernel) + extra
    T = toeplitz_1d(kernel.abs() + 1, n)
    assert count_parameters((n,), (len(kernel),)) == (T.numel(), len(kernel))
    assert locality.bandwidth(T) == (0, len(kernel) - 1)


@CASES
@given(signals(min_size=2), lengths(-9, 9))
def test_circulants_commute_with_shifts(c, s):
    """A circulant is equivariant; its lower triangle is not, unless it is a multiple of the identity."""
    C, x = circulant(c), torch.arange(1.0, len(c) + 1)
    assert equivariance.is_translation_equivariant(C) is True
    assert C @ equivariance.shift(x, s) == exactly(equivariance.shift(C @ x, s))
    assert equivariance.is_translation_equivariant(C.tril()) is bool((c[1:] == 0).all())


@CASES
@given(layers_1d(max_padding=0))
def test_one_output_sees_the_receptive_field(layer):
    """Row 0 of the matrix reaches as far as the receptive field."""
    T = toeplitz_1d_strided(torch.ones_like(layer.kernel), *layer[1:])
    reach = int(T[0].nonzero().max()) + 1
    assert locality.receptive_field([(len(layer.kernel), layer.stride, layer.dilation)]) == reach


@CASES
@given(kernels(), signals(min_size=4), signals(min_size=8, max_size=8))
def test_the_kernels_gradient_is_autograds(kernel, x, weights):
    """The sums along diagonals equal autograd's gradient and a cross-correlation."""
    g = weights[: len(x) - len(kernel) + 1]
    leaf = kernel.clone().requires_grad_()
    F.conv1d(x[None, None], leaf[None, None])[0, 0].backward(g)
    found = gradient.kernel_gradient(x, g, len(kernel))
    assert found == exactly(leaf.grad)
    assert found == exactly(cross_correlate(x, g))


@CASES
@given(kernels(), lengths(0, 5))
def test_the_nearest_toeplitz_matrix_of_one_is_itself(kernel, extra):
    """Projection leaves the exercises' matrices unchanged."""
    T = toeplitz_1d(kernel, len(kernel) + extra)
    assert gradient.project_to_toeplitz(T) == close(T)


@CASES
@given(layers_1d(max_dilation=1), signals(min_size=8, max_size=8))
def test_transposed_convolution_is_the_transposed_matrix(layer, y):
    """The result equals conv_transpose1d, and T^T y for the shortest signal with len(y) outputs."""
    kernel, _, stride, padding, _ = layer
    m = len(y)
    n = (m - 1) * stride + len(kernel) - 2 * padding
    if n < 1:
        with pytest.raises(ValueError):
            transposed_convolve(y, kernel, stride, padding)
        return
    T = toeplitz_1d_strided(kernel, n, stride, padding)
    found = transposed_convolve(y, kernel, stride, padding)
    assert found == exactly(T.T @ y)
    theirs = F.conv_transpose1d(y[None, None], kernel[None, None], stride=stride, padding=padding)
    assert found == exactly(theirs[0, 0])


@CASES
@given(lengths(1, 300), lengths(1, 300))
def test_the_cost_of_the_matrix_is_its_size(n, k):
    """The product with the full matrix takes one multiplication per entry."""
    assert cost_model.multiplications(n, k, "toeplitz") == (n + k - 1) * n
    names = ("direct", "toeplitz", "fft")
    costs = {name: cost_model.multiplications(n, k, name) for name in names}
    assert cost_model.fastest_method(n, k) == min(names, key=lambda name: costs[name])
