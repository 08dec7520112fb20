import torch
import torch.nn.functional as F


def to_pair(value):
    if isinstance(value, int):
        return value, value
    return value[0], value[1]


def count_places(side, k, stride, padding, dilation):
    if k < 1 or stride < 1 or dilation < 1:
        raise ValueError("kernel size, stride and dilation must be at least 1")
    if padding < 0:
        raise ValueError("padding can't be negative")
    span = dilation * (k - 1) + 1
    if span > side + 2 * padding:
        raise ValueError("kernel doesn't fit into the padded image")
    return (side + 2 * padding - span) // stride + 1


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    if x.dim() != 4 or x.shape[1] == 0 or x.shape[2] == 0 or x.shape[3] == 0:
        raise ValueError("x must be (N, C, H, W), not empty")
    kh, kw = to_pair(kernel_size)
    sh, sw = to_pair(stride)
    ph, pw = to_pair(padding)
    dh, dw = to_pair(dilation)
    N, C, H, W = x.shape
    oh = count_places(H, kh, sh, ph, dh)
    ow = count_places(W, kw, sw, pw, dw)

    x = F.pad(x, (pw, pw, ph, ph))
    # one row of the result for every channel and tap: what this tap sees at all places
    rows = []
    for c in range(C):
        for a in range(kh):
            for b in range(kw):
                seen = x[:, c, a * dh :: sh, b * dw :: sw][:, :oh, :ow]
                rows.append(seen.reshape(N, oh * ow))
    return torch.stack(rows, dim=1)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if weight.dim() != 4 or weight.numel() == 0:
        raise ValueError("weight must be (C_out, C, kh, kw), not empty")
    if x.dim() != 4 or x.shape[1] != weight.shape[1]:
        raise ValueError("x and weight must have the same number of channels")
    C_out, C, kh, kw = weight.shape
    if bias is not None and tuple(bias.shape) != (C_out,):
        raise ValueError("bias must be (C_out,)")

    columns = im2col(x, (kh, kw), stride, padding, dilation)  # (N, C*kh*kw, L)
    y = torch.matmul(weight.reshape(C_out, C * kh * kw), columns)  # (N, C_out, L)
    if bias is not None:
        y = y + bias.reshape(C_out, 1)
    oh = count_places(x.shape[2], kh, to_pair(stride)[0], to_pair(padding)[0], to_pair(dilation)[0])
    ow = count_places(x.shape[3], kw, to_pair(stride)[1], to_pair(padding)[1], to_pair(dilation)[1])
    return y.reshape(x.shape[0], C_out, oh, ow)
