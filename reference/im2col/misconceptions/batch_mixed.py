"""items of a batch mixed up

You line up the columns of all items in one matrix and then reshape it to (N, C * kh * kw, L), so each item gets entries that belong to other items.
reshape doesn't move entries: first move the batch axis to the front with permute or movedim, or keep it there.
"""


def pairs(*values):
    return [(value, value) if isinstance(value, int) else tuple(value) for value in values]


def check(x, *geometry):
    if x.dim() != 4 or 0 in x.shape[1:]:
        raise ValueError("x")
    for side, k, s, p, d in zip(x.shape[2:], *geometry, strict=True):
        if k < 1 or s < 1 or d < 1 or p < 0 or d * (k - 1) >= side + 2 * p:
            raise ValueError("kernel, stride, padding or dilation")


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    geometry = pairs(kernel_size, stride, padding, dilation)
    check(x, *geometry)
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = geometry
    n, c, height, width = x.shape
    oh = (height + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    ow = (width + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    padded = x.new_zeros(n, c, height + 2 * ph, width + 2 * pw)
    padded[:, :, ph : ph + height, pw : pw + width] = x
    columns = x.new_zeros(n, c, kh, kw, oh, ow)
    for a in range(kh):
        for b in range(kw):
            top, left = a * dh, b * dw
            columns[:, :, a, b] = padded[:, :, top : top + sh * oh : sh, left : left + sw * ow : sw]
    matrix = columns.permute(1, 2, 3, 0, 4, 5).reshape(c * kh * kw, n * oh * ow)
    return matrix.reshape(n, c * kh * kw, oh * ow)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.dim() != 4 or weight.dim() != 4 or weight.numel() == 0 or weight.shape[1] != x.shape[1]:
        raise ValueError("weight")
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError("bias")
    kernel_size = tuple(weight.shape[2:])
    columns = im2col(x, kernel_size, stride, padding, dilation)
    (kh, _), (sh, _), (ph, _), (dh, _) = pairs(kernel_size, stride, padding, dilation)
    oh = (x.shape[2] + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    y = (weight.flatten(1) @ columns).unflatten(2, (oh, -1))
    if bias is not None:
        y = y + bias[:, None, None]
    return y
