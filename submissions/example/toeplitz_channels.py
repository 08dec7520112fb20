import torch


def one_kernel(kernel, n, stride, padding, dilation):
    """The matrix of a single channel, as in the exercise before."""
    k = len(kernel)
    span = dilation * (k - 1) + 1
    rows = (n + 2 * padding - span) // stride + 1
    # build it for the padded signal, then cut the padding off
    T = torch.zeros(rows, n + 2 * padding, dtype=kernel.dtype, device=kernel.device)
    for i in range(rows):
        T[i, i * stride : i * stride + span : dilation] = kernel
    return T[:, padding : padding + n]


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 3 or weight.numel() == 0:
        raise ValueError("the weight must be (C_out, C_in / groups, k) and not empty")
    if n < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("n, stride and dilation must be at least 1, padding at least 0")
    c_out, per_group, k = weight.shape
    if groups < 1 or c_out % groups != 0:
        raise ValueError("groups must divide the output channels")
    if dilation * (k - 1) + 1 > n + 2 * padding:
        raise ValueError("the kernel doesn't fit")

    outputs_per_group = c_out // groups
    block_rows = []
    for o in range(c_out):
        my_group = o // outputs_per_group
        blocks = []
        for c in range(groups * per_group):
            inside = c - my_group * per_group
            if 0 <= inside < per_group:
                blocks.append(one_kernel(weight[o, inside], n, stride, padding, dilation))
            else:
                # an input of another group: weight 0 everywhere
                blocks.append(one_kernel(torch.zeros_like(weight[o, 0]), n, stride, padding, dilation))
        block_rows.append(torch.cat(blocks, dim=1))
    return torch.cat(block_rows, dim=0)
