import torch


def as_pair(value):
    if isinstance(value, int):
        return value, value
    return value[0], value[1]


def output_side(side, k, stride, padding, dilation):
    if side < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("sides, strides and dilations must be at least 1, paddings at least 0")
    span = dilation * (k - 1) + 1
    if span > side + 2 * padding:
        raise ValueError("the kernels don't fit into the padded image")
    return (side + 2 * padding - span) // stride + 1


def build_toeplitz_conv2d(weight, height, width, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 4 or weight.numel() == 0:
        raise ValueError("the weight must be (C_out, C_in / groups, kh, kw) and not empty")
    c_out, per_group, kh, kw = weight.shape
    if groups < 1 or c_out % groups != 0:
        raise ValueError("groups must divide the output channels")
    sh, sw = as_pair(stride)
    ph, pw = as_pair(padding)
    dh, dw = as_pair(dilation)
    oh = output_side(height, kh, sh, ph, dh)
    ow = output_side(width, kw, sw, pw, dw)

    # all axes apart; the images still have their padding
    c_in = groups * per_group
    T = weight.new_zeros(c_out, oh, ow, c_in, height + 2 * ph, width + 2 * pw)
    for o in range(c_out):
        group = o // (c_out // groups)
        first, last = group * per_group, (group + 1) * per_group
        for i in range(oh):
            for j in range(ow):
                rows = slice(i * sh, i * sh + dh * (kh - 1) + 1, dh)
                columns = slice(j * sw, j * sw + dw * (kw - 1) + 1, dw)
                T[o, i, j, first:last, rows, columns] = weight[o]

    # cut the padding off and make a matrix of it
    T = T[..., ph : ph + height, pw : pw + width]
    return T.reshape(c_out * oh * ow, c_in * height * width)
