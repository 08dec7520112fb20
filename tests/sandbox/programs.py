"""Small programs like those learners write, with their expected outcomes on an accelerator.

    python tests/sandbox/programs.py cuda

runs them all on a device and prints the disagreements. The tests run them on the simulated device. On a machine
with a GPU this command shows where the simulation is wrong. Each such finding becomes a program here.
"""

from __future__ import annotations

import copy
import os
import sys
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

MIXED = "Expected all tensors to be on the same device"
TO_NUMPY = "can't convert {device}:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first."
PROGRAMS = {}


@dataclass(frozen=True)
class There:
    """A tensor on the device with these entries."""

    entries: object


@dataclass(frozen=True)
class Here:
    """A tensor on the CPU with these entries."""

    entries: object


@dataclass(frozen=True)
class Refusal:
    """An exception's class name and the start of its message; {device} is the device's name."""

    kind: str
    message: str


def gives(expected):
    """Add a program to the table with its expected return value."""

    def listed(program):
        assert program.__name__ not in PROGRAMS
        PROGRAMS[program.__name__] = (program, expected)
        return program

    return listed


def refuses(kind, message):
    """Add a program to the table with its expected exception."""
    return gives(Refusal(kind.__name__, message))


def outcome(program, device):
    """Run a program on a device and return its outcome."""
    try:
        found = program(device)
    except Exception as error:
        return Refusal(type(error).__name__, str(error)[:200])
    if isinstance(found, Tensor):
        place = There if found.device.type == device else Here
        return place(np.round(found.detach().cpu().resolve_conj().numpy(), 4).tolist())
    return found


def agrees(found, expected, device):
    """Return whether an outcome is as expected."""
    if isinstance(found, Refusal) and isinstance(expected, Refusal):
        return found.kind == expected.kind and found.message.startswith(
            expected.message.format(device=device)
        )
    return found == expected


def signal(device):
    return torch.tensor([1.0, 2.0, 3.0, 4.0], device=device)


def taps(device):
    return torch.tensor([1.0, 2.0], device=device)


BAND = [[1.0, 2.0, 0.0, 0.0], [0.0, 1.0, 2.0, 0.0], [0.0, 0.0, 1.0, 2.0]]


# Building a matrix.


@gives(There(BAND))
def loops(device):
    kernel, matrix = taps(device), torch.zeros(3, 4, device=device)
    for i in range(3):
        for j in range(2):
            matrix[i, i + j] = kernel[j]
    return matrix


@gives(There(BAND))
def loops_with_numbers(device):
    kernel, matrix = taps(device), torch.zeros(3, 4, device=device)
    for i in range(3):
        for j in range(2):
            matrix[i, i + j] = kernel[j].item()
    return matrix


@gives(There(BAND))
def slices(device):
    kernel = taps(device)
    matrix = kernel.new_zeros(3, 4)
    for i in range(3):
        matrix[i, i : i + 2] = kernel
    return matrix


@gives(There(BAND))
def diagonals(device):
    matrix = torch.zeros(3, 4, device=device)
    matrix.diagonal().fill_(1.0)
    matrix.diagonal(1).copy_(taps(device)[1].expand(3))
    return matrix


@gives(There(BAND))
def strided_canvas(device):
    kernel = taps(device)
    matrix = kernel.new_zeros(3, 4)
    matrix.as_strided((3, 2), (5, 1)).copy_(kernel)
    return matrix


@gives(There(BAND))
def advanced_indexing(device):
    kernel, matrix = taps(device), torch.zeros(3, 4, device=device)
    rows = torch.arange(3, device=device)[:, None]
    matrix[rows, rows + torch.arange(2, device=device)] = kernel
    return matrix


@gives(There(BAND))
def indices_on_the_cpu(device):
    matrix = torch.zeros(3, 4, device=device)
    rows = torch.arange(3)[:, None]
    matrix[rows, rows + torch.arange(2)] = taps(device)
    return matrix


@gives(There(BAND))
def index_put(device):
    matrix = torch.zeros(3, 4, device=device)
    rows = torch.arange(3, device=device)
    matrix.index_put_((rows, rows), taps(device)[0])
    return matrix.index_put_((rows, rows + 1), taps(device)[1])


@gives(There(BAND))
def scattered(device):
    columns = torch.arange(3, device=device)[:, None] + torch.arange(2, device=device)
    return torch.zeros(3, 4, device=device).scatter_(1, columns, taps(device).expand(3, 2))


@gives(There(BAND))
def gathered(device):
    offset = torch.arange(4, device=device) - torch.arange(3, device=device)[:, None]
    inside = (offset >= 0) & (offset < 2)
    return torch.where(inside, taps(device)[offset.clamp(0, 1)], 0.0)


@gives(There(BAND))
def masked(device):
    offset = torch.arange(4, device=device) - torch.arange(3, device=device)[:, None]
    matrix = torch.zeros(3, 4, device=device)
    matrix[offset == 0] = 1.0
    return matrix.masked_fill_(offset == 1, 2.0)


@gives(There(BAND))
def stacked_and_padded(device):
    return torch.stack([F.pad(taps(device), (i, 2 - i)) for i in range(3)])


@gives(There(BAND))
def rolled(device):
    row = torch.cat((taps(device), torch.zeros(2, device=device)))
    return torch.stack([row.roll(i) for i in range(3)])


@gives(There(BAND))
def identity_through_conv1d(device):
    identity = torch.eye(4, device=device)
    return F.conv1d(identity[:, None], taps(device)[None, None])[:, 0].t()


@gives(There(BAND))
def mapped_over_the_identity(device):
    kernel = taps(device)
    apply = torch.vmap(lambda column: F.conv1d(column[None, None], kernel[None, None])[0, 0], out_dims=1)
    return apply(torch.eye(4, device=device))


@gives(There([[1.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 2.0]]))
def kronecker(device):
    return torch.kron(taps(device)[None], torch.eye(2, device=device))


@gives(There([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0]]))
def blocks(device):
    return torch.block_diag(taps(device)[None], torch.tensor([[3.0]], device=device))


@gives(There([[0, 1, 1], [0, 0, 1]]))
def indices_of_a_triangle(device):
    return torch.tril_indices(2, 2, device=device)


# Computing.


@gives(There([5.0, 8.0, 11.0]))
def matrix_times_vector(device):
    return torch.tensor(BAND, device=device) @ signal(device)


@gives(There([5.0, 8.0, 11.0]))
def einsum(device):
    return torch.einsum("ij,j->i", torch.tensor(BAND, device=device), signal(device))


@gives(There([5.0, 8.0, 11.0]))
def windows(device):
    return signal(device).unfold(0, 2, 1) @ taps(device)


@gives(There([[[5.0, 8.0, 11.0]]]))
def conv1d(device):
    return F.conv1d(signal(device)[None, None], taps(device)[None, None])


@gives(There([[[[8.0]]]]))
def conv2d(device):
    return F.conv2d(signal(device).reshape(1, 1, 2, 2), torch.ones(1, 1, 2, 2, device=device)) - 2


@gives(There([[[1.0, 4.0, 7.0, 10.0, 8.0]]]))
def conv_transpose1d(device):
    return F.conv_transpose1d(signal(device)[None, None], taps(device)[None, None])


@gives(There([1.0, 4.0, 7.0, 10.0, 8.0]))
def through_real_transforms(device):
    spectrum = torch.fft.rfft(signal(device), 8) * torch.fft.rfft(taps(device), 8)
    return torch.fft.irfft(spectrum, 8)[:5]


@gives(There([9.0, 4.0, 7.0, 10.0]))
def through_complex_transforms(device):
    spectrum = torch.fft.fft(signal(device)) * torch.fft.fft(taps(device), 4)
    return torch.fft.ifft(spectrum).real


@gives(There([10.0 + 0j, -2 + 2j, -2 + 0j, -2 - 2j]))
def transform_into_out(device):
    out = torch.empty(4, dtype=torch.complex64, device=device)
    torch.fft.fft(signal(device), out=out)
    return out


@gives(There([0.0, -2.0, 0.0, 2.0]))
def conjugate(device):
    return torch.fft.fft(signal(device)).conj().imag + 0.0


@gives(There([[3.0, 0.0], [-1.0, 0.0]]))
def as_pairs_of_reals(device):
    return torch.view_as_real(torch.fft.fft(taps(device)))


@gives(There([[[1.0], [2.0], [3.0], [4.0]]]))
def im2col(device):
    return F.unfold(signal(device).reshape(1, 1, 2, 2), 2)


@gives(There([[[[1.0, 1.0], [1.0, 1.0]]]]))
def col2im(device):
    return F.fold(torch.ones(1, 4, 1, device=device), (2, 2), 2)


@gives(There([[4.0, 1.0, 2.0, 3.0, 4.0, 1.0]]))
def circular_padding(device):
    return F.pad(signal(device)[None], (1, 1), mode="circular")


@gives(There([2.0, 1.0]))
def flipped(device):
    return taps(device).flip(0)


@gives(There([1.0, 3.0, 6.0, 10.0]))
def running_sum(device):
    return signal(device).cumsum(0)


@gives(There([1.0, 1.0]))
def solved(device):
    return torch.linalg.solve(torch.diag(taps(device)), taps(device))


@gives(There(5.0))
def norm(device):
    return torch.linalg.norm(torch.tensor([3.0, 4.0], device=device))


@gives(There([3, 2, 1, 0]))
def sorted_places(device):
    return signal(device).sort(descending=True).indices


@gives(There([2.0, 4.0, 6.0, 8.0]))
def numbers_as_operands(device):
    return 2 * signal(device) + 0


@gives(There([3.0, 4.0, 5.0, 6.0]))
def cpu_scalar_as_operand(device):
    return signal(device) + torch.tensor(2.0)


@gives(There([0.0, 0.0, 3.0, 4.0]))
def cpu_scalar_where(device):
    x = signal(device)
    return torch.where(x > 2, x, torch.tensor(0.0))


@gives(There([[2.0, 2.0], [9.0, 2.0], [1.0, 9.0], [0.0, 1.0], [8.0, 7.0]]))
def cpu_scalars_as_numbers(device):
    x, nine = taps(device), torch.tensor(9.0)
    filled = x.clone().fill_(torch.tensor(2.0)), x.masked_fill(x == 1, nine)
    filled += (x.index_fill(0, torch.tensor([1], device=device), nine),)
    return torch.stack((*filled, x // torch.tensor(2.0), torch.rsub(x, nine)))


@gives(There([2.0, 4.0]))
def numpy_scalar_on_the_left(device):
    return np.float32(2) * taps(device)


@gives(There([1.0, 2.0, 7.0, 4.0]))
def writing_through_a_view(device):
    x = signal(device)
    x[1:][1:][0] = 7.0
    return x


@gives(There([[1.0, 3.0], [2.0, 4.0]]))
def transposed_in_place(device):
    return signal(device).reshape(2, 2).t_() + 0


@gives([[2, 3], [1, 3], [1, 1, 2]])
def sizes_after_changes_in_place(device):
    x = torch.ones(2, 3, device=device)
    first = list(x.shape)
    x.t_().unsqueeze_(0).squeeze_(0).t_().resize_(1, 3)
    return [first, list(x.shape), list(torch.ones(2, 1, device=device).t_().unsqueeze_(0).shape)]


@gives(There([2.0, 4.0]))
def into_an_empty_out(device):
    out = torch.empty(0, device=device)
    torch.add(taps(device), taps(device), out=out)
    return out[: out.shape[0]]


@gives(There([1.0, 2.0, 3.0, 4.0]))
def detour_in_double_precision(device):
    return signal(device).double().mul(1).float()


@gives(There([5.0, 10.0]))
def data_replaced(device):
    x = torch.zeros(2, device=device)
    x.data = taps(device) * 5
    return x


# Making tensors where others are.


@gives(There([0.0, 0.0]))
def zeros_on_its_device(device):
    return torch.zeros(2, device=signal(device).device)


@gives(There([[0.0, 0.0], [1.0, 1.0], [7.0, 7.0]]))
def made_like_another(device):
    x = taps(device)
    return torch.stack((torch.zeros_like(x), x.new_ones(2), torch.full_like(x, 7.0)))


@gives(There([1.0, 2.0]))
def new_tensor(device):
    return signal(device).new_tensor([1.0, 2.0])


@gives(There([1.0, 2.0]))
def as_tensor(device):
    return torch.as_tensor([1.0, 2.0], device=device)


@gives(There([1.0, 2.0]))
def asarray_of_an_array(device):
    return torch.asarray(np.array([1.0, 2.0]), device=device)


@gives(There([1.0, 1.0, 0.5, 3.0, 0.0]))
def other_factories(device):
    parts = (torch.eye(1, device=device)[0], torch.full((1,), 1.0, device=device))
    middle = torch.linspace(0, 1, 3, device=device)[1:2]
    return torch.cat(
        (
            *parts,
            middle,
            torch.scalar_tensor(3.0, device=device)[None],
            torch.hann_window(1, device=device) - 1,
        )
    )


@gives(There([1.0, 2.0]))
def by_the_default_device(device):
    torch.set_default_device(device)
    try:
        return torch.tensor([1.0, 2.0])
    finally:
        torch.set_default_device(None)


@gives(There([1.0, 2.0]))
def by_a_device_context(device):
    with torch.device(device):
        return torch.zeros(2) + torch.arange(1.0, 3.0)


@gives(There([1.0, 2.0]))
def moved_to_the_device_of_another(device):
    return torch.tensor([1.0, 2.0]).to(signal(device))


@gives(Here([1.0, 2.0, 3.0, 4.0]))
def moved_to_the_cpu(device):
    return signal(device).to("cpu")


@gives(Here([1.0, 2.0, 3.0, 4.0]))
def copied_to_the_cpu(device):
    return signal(device).cpu()


@gives(Here([1.0, 2.0]))
def tensor_of_entries(device):
    return torch.tensor(list(taps(device)))


@gives(There([2.0, 5.0]))
def new_tensor_of_entries(device):
    x = taps(device)
    return x.new_tensor([x[1], 5])


@gives(Here([[1.0, 2.0], [0.0, 2.0]]))
def written_into_a_cpu_tensor(device):
    matrix = torch.zeros(2, 2)
    matrix[0] = taps(device)
    matrix[1, 1] = taps(device)[1]
    return matrix


@gives([True, 0, False, True])
def what_it_says_of_itself(device):
    x = signal(device)
    same = x.device == torch.device(device, 0) == torch.zeros(1, device=x.device).device
    return [x.device.type == device, x.get_device(), x.is_cpu, same]


@gives(There([0, 1, 2]))
def random_order(device):
    return torch.randperm(3, device=device).sort().values


@gives(True)
def random_numbers_of_a_generator(device):
    draws = [
        torch.randn(3, device=device, generator=torch.Generator(device).manual_seed(4)) for _ in range(2)
    ]
    return torch.equal(*draws) and not torch.equal(draws[0], draws[0].flip(0))


@gives(There([[[3.0]]]))
def a_layer(device):
    layer = torch.nn.Conv1d(1, 1, 2, bias=False, device=device)
    with torch.no_grad():
        layer.weight.fill_(1.0)
    return layer(taps(device)[None, None])


@gives(There([[[3.0]]]))
def a_copy_of_a_layer_moved(device):
    layer = torch.nn.Conv1d(1, 1, 2, bias=False)
    torch.nn.init.ones_(layer.weight)
    return copy.deepcopy(layer.to(device))(taps(device)[None, None])


@gives([[1.0, 2.0], [0.0, 2.0]])
def copies(device):
    x = taps(device)
    deep, shallow = copy.deepcopy(x), copy.copy(x)
    x[0] = 0.0
    return [deep.tolist(), shallow.tolist()]


# Reading.


@gives([[1.0, 2.0], 1.0, 2, True, 2, [2.0, 4.0], "1.00", 4.0])
def as_python_values(device):
    x = taps(device)
    plain = [x.tolist(), float(x[0]), int(x[1]), bool(x[0] > 0), len(x)]
    return [*plain, [2 * value.item() for value in x], f"{x[0]:.2f}", max(signal(device)).item()]


@gives("b")
def as_an_index(device):
    return "abc"[torch.tensor(1, device=device)]


@gives([True, False, True])
def comparisons(device):
    x = signal(device)
    return [torch.equal(x, x.clone()), torch.allclose(x, x + 1), 3.0 in x]


@gives([[1.0, 3.0], [3.0, 4.0], [[2], [3]]])
def selections(device):
    x = signal(device)
    return [x[torch.tensor([0, 2])].tolist(), x[x > 2].tolist(), (x > 2).nonzero().tolist()]


@gives("tensor([1., 2.], device='{device}:0')")
def printed(device):
    return repr(taps(device)).replace(device, "{device}")


@gives("tensor([[2., 4.]], device='{device}:0', grad_fn=<MulBackward0>)")
def printed_with_a_gradient(device):
    return repr(taps(device).requires_grad_()[None] * 2).replace(device, "{device}")


@gives("Parameter containing:\ntensor([1., 2.], device='{device}:0', requires_grad=True)")
def printed_as_a_parameter(device):
    return repr(torch.nn.Parameter(taps(device))).replace(device, "{device}")


@gives([True, False, 1])
def addresses(device):
    x = signal(device)
    return [x.data_ptr() == x[:2].data_ptr(), x.data_ptr() == x.clone().data_ptr(), x[1:].storage_offset()]


# Gradients.


@gives(There([6.0, 9.0]))
def gradient_of_a_product(device):
    kernel = taps(device).requires_grad_()
    F.conv1d(signal(device)[None, None], kernel[None, None]).sum().backward()
    return kernel.grad


@gives(There([3.0, 3.0]))
def gradient_through_assignments(device):
    kernel = taps(device).requires_grad_()
    matrix = torch.zeros(3, 4, device=device)
    for i in range(3):
        matrix[i, i : i + 2] = kernel
    return torch.autograd.grad(matrix.sum(), kernel)[0]


@gives(There([2.0, 1.0]))
def gradient_through_cpu_indices(device):
    kernel = taps(device).requires_grad_()
    return torch.autograd.grad(kernel[torch.tensor([0, 1, 0])].sum(), kernel)[0]


@gives(There([2.0, 4.0]))
def gradient_through_a_strided_view(device):
    kernel = taps(device).requires_grad_()
    matrix = torch.zeros(2, 3, device=device)
    matrix.as_strided((2, 2), (4, 1)).copy_(kernel)
    return torch.autograd.grad((matrix**2).sum() / 2, kernel)[0]


@gives(There([30.0, 20.0]))
def gradient_through_transforms(device):
    kernel = taps(device).requires_grad_()
    product = torch.fft.rfft(signal(device), 5) * torch.fft.rfft(kernel, 5)
    return torch.autograd.grad((torch.fft.irfft(product, 5)[:4] * signal(device)).sum(), kernel)[0]


@gives(There([6.0, 12.0]))
def gradient_of_a_gradient(device):
    x = taps(device).requires_grad_()
    (first,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
    return torch.autograd.grad(first.sum(), x)[0]


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, incoming):
        (x,) = ctx.saved_tensors
        return 2 * x * incoming


@gives(There([2.0, 4.0]))
def gradient_by_a_rule_of_ones_own(device):
    x = taps(device).requires_grad_()
    Square.apply(x).sum().backward()
    return x.grad


@gives(There([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0]]))
def jacobian_in_reverse(device):
    x = signal(device)
    return torch.func.jacrev(lambda kernel: F.conv1d(x[None, None], kernel[None, None])[0, 0])(taps(device))


@gives(There([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0]]))
def jacobian_forwards(device):
    x = signal(device)
    return torch.func.jacfwd(lambda kernel: F.conv1d(x[None, None], kernel[None, None])[0, 0])(taps(device))


@gives(There([2.0, 4.0]))
def derivative_in_a_direction(device):
    ones = torch.ones(2, device=device)
    return torch.func.jvp(lambda x: x * x + torch.zeros_like(x), (taps(device),), (ones,))[1]


@gives(True)
def gradient_checked_by_differences(device):
    return torch.autograd.gradcheck(lambda x: (x * x).cumsum(0), (taps(device).double().requires_grad_(),))


@gives(There([0.5, 1.0]))
def a_step_of_an_optimiser(device):
    x = torch.nn.Parameter(taps(device))
    step = torch.optim.SGD([x], lr=0.5)
    (x**2).sum().div(2).backward()
    step.step()
    return x


@gives(There([[[5.0, 8.0, 11.0]]]))
def without_gradients(device):
    with torch.inference_mode():
        return F.conv1d(signal(device)[None, None], taps(device)[None, None]).to(torch.ones(1)).to(device)


# Mistakes.


@refuses(RuntimeError, MIXED)
def factory_without_device(device):
    return torch.zeros(2) + taps(device)


@refuses(RuntimeError, MIXED)
def tensor_of_a_list(device):
    return taps(device) * torch.tensor([1.0, 2.0])


@refuses(RuntimeError, MIXED)
def matrix_on_the_cpu(device):
    return torch.eye(2) @ taps(device)


@refuses(RuntimeError, MIXED)
def default_device_put_back(device):
    with torch.device("cpu"):
        return taps(device) - torch.ones(2)


@refuses(RuntimeError, MIXED)
def joined(device):
    return torch.cat((taps(device), torch.zeros(2)))


@refuses(RuntimeError, MIXED)
def stacked(device):
    return torch.stack((taps(device), torch.zeros(2)))


@refuses(RuntimeError, MIXED)
def stacked_with_a_cpu_scalar(device):
    return torch.stack((taps(device)[0], torch.tensor(1.0)))


@refuses(RuntimeError, MIXED)
def written_from_the_cpu_by_indices(device):
    x = signal(device)
    x[[0, 1]] = torch.ones(2)
    return x


@refuses(RuntimeError, MIXED)
def gathered_by_cpu_indices(device):
    return signal(device).gather(0, torch.tensor([0, 1]))


@refuses(RuntimeError, MIXED)
def selected_by_cpu_indices(device):
    return signal(device).index_select(0, torch.tensor([0, 1]))


@refuses(RuntimeError, MIXED)
def cpu_scalar_changed_in_place(device):
    return torch.tensor(1.0).add_(taps(device)[0])


@refuses(RuntimeError, MIXED)
def changed_in_place_by_a_cpu_tensor(device):
    return taps(device).mul_(torch.ones(2))


@refuses(RuntimeError, MIXED)
def out_on_the_cpu(device):
    return torch.mul(taps(device), taps(device), out=torch.empty(2))


@refuses(RuntimeError, MIXED)
def out_of_one_entry_on_the_cpu(device):
    return torch.mul(taps(device)[0], taps(device)[1], out=torch.empty(()))


@refuses(RuntimeError, MIXED)
def kernel_on_the_cpu_in_einsum(device):
    return torch.einsum("ij,j->i", torch.eye(2), taps(device))


@refuses(RuntimeError, MIXED)
def a_detour_by_numpy(device):
    return taps(device) + torch.from_numpy(taps(device).cpu().numpy())


@refuses(RuntimeError, "indices should be either on cpu or on the same device as the indexed tensor (cpu)")
def cpu_tensor_indexed_from_there(device):
    return torch.ones(3)[torch.tensor([0, 1], device=device)]


@refuses(TypeError, TO_NUMPY)
def to_numpy(device):
    return taps(device).numpy()


@refuses(TypeError, TO_NUMPY)
def to_an_array(device):
    return np.asarray(taps(device))


@refuses(TypeError, TO_NUMPY)
def numpys_function(device):
    return np.sqrt(taps(device))


@refuses(RuntimeError, "a leaf Variable that requires grad is being used in an in-place operation.")
def a_leaf_changed_in_place(device):
    return taps(device).requires_grad_().add_(1)


@refuses(RuntimeError, "a view of a leaf Variable that requires grad is being used in an in-place operation.")
def a_view_of_a_leaf_changed_in_place(device):
    x = taps(device).requires_grad_()
    x[0] = 1.0
    return x


@refuses(
    RuntimeError,
    "Attempted to call `variable.set_data(tensor)`, but `variable` and `tensor` have incompatible",
)
def data_replaced_from_the_cpu(device):
    x = taps(device)
    x.data = torch.zeros(2)
    return x


@refuses(RuntimeError, "Expected a '{device}' device type for generator but found 'cpu'")
def a_generator_of_the_cpu(device):
    return torch.randn(2, device=device, generator=torch.Generator())


@refuses(RuntimeError, '"')
def a_product_of_integers(device):
    return torch.eye(2, dtype=torch.int64, device=device) @ torch.ones(2, dtype=torch.int64, device=device)


@refuses(RuntimeError, '"')
def a_product_of_integers_without_gradients(device):
    with torch.inference_mode():
        return torch.eye(2, dtype=torch.int64, device=device) @ torch.ones(
            2, dtype=torch.int64, device=device
        )


def disagreements(device):
    """Run every program and return the outcomes that disagree."""
    found = {name: (outcome(program, device), expected) for name, (program, expected) in PROGRAMS.items()}
    return {
        name: (one, expected) for name, (one, expected) in found.items() if not agrees(one, expected, device)
    }


def main(device):
    """Print the programs that disagree on a device."""
    if device == "sim":
        from grader.sandbox import sim

        sim.enable()
    wrong = disagreements(device)
    for name, (found, expected) in wrong.items():
        print(f"{name}\n  found    {found}\n  expected {expected}")
    print(
        f"{len(PROGRAMS) - len(wrong)} of {len(PROGRAMS)} programs agree on {device}, torch {torch.__version__}"
    )
    sys.stdout.flush()
    # Autograd threads of a device written in Python don't survive the interpreter's exit.
    os._exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1])
