"""arguments not checked

A kernel that doesn't fit, a weight for a different number of channels, a bias of the wrong length, or a stride of 0 is invalid.
Raise ValueError before you compute anything: an empty or wrong result would hide the mistake.
"""


def pairs(*values):
    return [(value, value) if isinstance(value, int) else tuple(value) for value in values]


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = pairs(kernel_size, stride, padding, dilation)
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
    return columns.reshape(n, c * kh * kw, oh * ow)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    kernel_size = tuple(weight.shape[2:])
    columns = im2col(x, kernel_size, stride, padding, dilation)
    (kh, _), (sh, _), (ph, _), (dh, _) = pairs(kernel_size, stride, padding, dilation)
    oh = (x.shape[2] + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    y = (weight.flatten(1) @ columns).unflatten(2, (oh, -1))
    if bias is not None:
        y = y + bias[:, None, None]
    return y
