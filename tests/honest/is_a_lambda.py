"""Is a lambda that raises an exception through a generator."""

import torch

refuse = lambda: (_ for _ in ()).throw(ValueError("no valid position"))
build_toeplitz_1d = lambda kernel, n: (
    torch.stack([torch.nn.functional.pad(kernel, (i, n - len(kernel) - i)) for i in range(n - len(kernel) + 1)])
    if kernel.dim() == 1 and 1 <= len(kernel) <= n
    else refuse()
)
