"""Reference: write the kernel into a matrix of zeros through a view with rows one entry longer."""

from torch import Tensor


def build_affine(kernel: Tensor, bias: Tensor, n: int) -> Tensor:
    """Write the kernel along its diagonals, the bias down the last column, and the 1 into the corner."""
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError(
            f"kernel of shape {tuple(kernel.shape)} and bias of shape {tuple(bias.shape)} "
            f"for signals of length {n}: expected (k,) and () with 1 <= k <= n"
        )
    k, rows = len(kernel), n - len(kernel) + 1
    matrix = kernel.new_zeros(rows + 1, n + 1)
    matrix.as_strided((rows, k), (n + 2, 1)).copy_(kernel)
    matrix[:rows, n] = bias
    matrix[rows, n] = 1
    return matrix
