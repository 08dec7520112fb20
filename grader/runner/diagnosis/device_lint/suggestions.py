"""Finds calls that give a tensor the wrong device or a hard-coded dtype, and suggests replacements."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from grader.runner.diagnosis.device_lint.tensor_calls import (
    LONGEST,
    Culprit,
    Functions,
    Written,
    calls,
    literal,
)

FACTORIES = {
    *("zeros", "ones", "empty", "full", "arange", "range", "linspace", "logspace", "eye", "tensor"),
    *("as_tensor", "asarray", "scalar_tensor", "rand", "randn", "randint", "randperm", "normal"),
    *("tril_indices", "triu_indices", "empty_strided", "fftfreq", "rfftfreq", "Generator"),
    *("hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window"),
    *("from_numpy", "frombuffer", "Tensor", "FloatTensor", "DoubleTensor", "LongTensor"),
}
# These have a `new_` method, which takes device and dtype from a tensor.
NEW = {"zeros", "ones", "empty", "full"}
# These take no device.
UNPLACED = {"from_numpy", "frombuffer", "Tensor", "FloatTensor", "DoubleTensor", "LongTensor"}
LAYERS = {"Linear", "Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"}
NUMPY = {"np", "numpy"}
CASTS = {"float": "float32", "double": "float64", "half": "float16"}
DTYPES = {"float": "float32", "double": "float64", "float16": "float16", "bfloat16": "bfloat16"} | {
    name: name for name in ("float32", "float64", "complex64", "complex128")
}


def misplacing(text: str, asked: Functions) -> Iterator[Culprit]:
    """Yield the calls that don't follow the input's device."""
    yield from _found(text, asked, _misplaced)


def casting(text: str, asked: Functions) -> Iterator[Culprit]:
    """Yield the calls that don't follow the input's dtype."""
    yield from _found(text, asked, _cast)


def is_numpys(culprit: Culprit) -> bool:
    """Return whether a call belongs to NumPy. Such a call may have nothing to do with tensors."""
    return "NumPy's" in culprit.says


def _found(text: str, asked: Functions, said: Callable[[Written], str | None]) -> Iterator[Culprit]:
    for one in calls(text, asked):
        if (says := said(one)) is not None:
            yield Culprit(one.name, one.node.lineno, says)


def _misplaced(one: Written) -> str | None:
    if _asks_numpy(one):
        if any(map(_asks_numpy, one.inner())):
            return None
        return f"{one.shown} uses NumPy's arrays, which work only on the CPU; compute it with torch"
    if one.name in {"set_default_device", "set_default_tensor_type"}:
        return (
            f"{one.shown} changes the device of everything after it; remove it, and write "
            f"`device={_device(one)}` where you make a tensor"
        )
    if one.name in {"cpu", "cuda", "to"} and isinstance(one.node.func, ast.Attribute):
        return _moved(one)
    return _made(one) if _makes(one) else None


def _asks_numpy(one: Written) -> bool:
    return one.owner in NUMPY or one.name == "numpy"


def _makes(one: Written) -> bool:
    """Return whether a call to torch makes a new tensor, with or without `torch.` before its name."""
    # Without `torch.`, `range` is Python's.
    own = isinstance(one.node.func, ast.Name) and one.name != "range"
    own = own or one.owner in {"torch", "th", "nn", "fft"}
    return one.name in FACTORIES | LAYERS and own


def _moved(one: Written) -> str | None:
    """Return the advice for `.cpu()` and similar calls."""
    given = [*one.node.args[:1], *(key.value for key in one.node.keywords if key.arg == "device")]
    there = {"cpu": "the CPU", "cuda": "CUDA"}.get(one.name) or next(
        (named for value in given if (named := literal(value, one.named))), None
    )
    if there is None:
        return None
    return f"{one.shown} moves the tensor to {there}; remove it: torch computes on the device of the input"


def _made(one: Written) -> str | None:
    """Return the advice for a call that makes a tensor."""
    given = one.keyword("device")
    there = "the CPU" if given is None else literal(given, one.named)
    if there is None:
        return None
    what = "a generator" if one.name == "Generator" else "weights" if one.name in LAYERS else "a tensor"
    where = f"on {there}" + (", not where the input is" if given else "")
    if not one.tensor:
        return f"{one.shown} makes {what} {where}; make it in a function that has an input, on its `device`"
    device = _device(one)
    better = f"{one.text}.to({device})" if one.name in UNPLACED else one.with_keyword("device", device)
    remedy = f"write `{better}`" if len(better) <= LONGEST else f"give it `device={device}`"
    return f"{one.shown} makes {what} {where}; {remedy}{_or_new(one)}"


def _or_new(one: Written) -> str:
    """Return the same call with `new_zeros` or similar, which takes device and dtype from the input."""
    dtype = one.keyword("dtype")
    follows = dtype is None or ast.unparse(dtype) == f"{one.tensor}.dtype"
    if one.name not in NEW or not one.tensor or not follows:
        return ""
    arguments = ", ".join(ast.unparse(argument) for argument in one.node.args)
    new = f"{one.tensor}.new_{one.name}({arguments})"
    return f", or `{new}`" if len(new) <= LONGEST else ""


def _cast(one: Written) -> str | None:
    dtype = f"{one.tensor or '...'}.dtype"
    fixed = next(
        (found for value in (*one.node.args, one.keyword("dtype")) if (found := _dtype(value))), None
    )
    if one.name in CASTS and isinstance(one.node.func, ast.Attribute) and not one.node.args:
        fixed = CASTS[one.name]
    if fixed is None:
        if not _makes(one) or one.keyword("dtype") is not None:
            return None
        return f"{one.shown} makes a tensor of torch's default dtype; give it `dtype={dtype}`"
    remedy = "remove it" if one.name in CASTS else f"write `{dtype}` instead"
    return f"{one.shown} makes it {fixed} for every input; {remedy}"


def _dtype(node: ast.expr | None) -> str | None:
    """Return the floating-point dtype that an expression names."""
    if (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"torch", "th"}
    ):
        return DTYPES.get(node.attr)
    return None


def _device(one: Written) -> str:
    return f"{one.tensor}.device" if one.tensor else "..."
