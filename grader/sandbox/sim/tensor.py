"""The simulated device's tensor: it holds a CPU tensor and reports the device `sim:0`."""

from __future__ import annotations

import copy
from typing import Any, cast

import torch
from torch import Tensor
from torch._tensor_str import _str_intern, _tensor_str

from grader.report_model import SIMULATED

NAME = SIMULATED

_make = Tensor._make_wrapper_subclass
# Its name before `enable` renames it. Both names mean the same device.
_device = torch.device("privateuseone:0")


class Accelerated(Tensor):
    """A tensor on the simulated device.

    operators.py handles torch's operations on it. This class only has the methods that torch refuses for
    subclasses or implements differently for them.
    """

    host: Tensor
    __torch_function__ = torch._C._disabled_torch_function_impl  # type: ignore[assignment]

    def numpy(self, *, force: bool = False) -> Any:
        """Refuse, as CUDA does."""
        if not force:
            raise TypeError(
                f"can't convert {self.device} device type tensor to numpy. "
                "Use Tensor.cpu() to copy the tensor to host memory first."
            )
        return self.host.numpy(force=True)

    def tolist(self) -> Any:
        """Return the entries as Python numbers."""
        return self.host.tolist()

    def data_ptr(self) -> int:
        """Return the address of the entries. Two views of one tensor share it."""
        return self.host.data_ptr()

    def untyped_storage(self) -> torch.UntypedStorage:
        """Return the memory of the entries."""
        return self.host.untyped_storage()

    @property
    def data(self) -> Tensor:
        """The same entries, detached from autograd."""
        found: Tensor = Tensor.data.__get__(self)  # type: ignore[attr-defined]
        return found

    @data.setter
    def data(self, other: Tensor) -> None:
        Tensor.data.__set__(self, other)  # type: ignore[attr-defined]
        self.host = cast("Accelerated", other).host

    def __repr__(self, *, tensor_contents: Any = None) -> str:  # type: ignore[override]
        contents = tensor_contents or (_contents(self.host) if self.numel() else "[]")
        with torch.no_grad():
            text: str = _str_intern(self, tensor_contents=contents)  # type: ignore[no-untyped-call]
        parameter = text.startswith("Parameter(")
        text = text.removeprefix("Parameter(")[: -1 if parameter else None]
        return ("Parameter containing:\n" if parameter else "") + "tensor" + text[len("Tensor") :]

    def __format__(self, form: str) -> str:
        return format(self.host, form) if self.dim() == 0 else object.__format__(self, form)

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        if not self.is_leaf:
            raise RuntimeError("Only Tensors created explicitly by the user support the deepcopy protocol")
        if id(self) not in memo:
            found = memo[id(self)] = self.detach().clone().requires_grad_(self.requires_grad)
            found.grad = copy.deepcopy(self.grad, memo)
            found.__dict__.update({name: one for name, one in self.__dict__.items() if name != "host"})
        copied: Tensor = memo[id(self)]
        return copied

    def __reduce_ex__(self, protocol: Any) -> Any:
        return wrap, (self.host,)


# Learners see this name, and torch prints it. On CUDA a tensor has the same class as on the CPU.
Accelerated.__name__ = Accelerated.__qualname__ = "Tensor"
Accelerated.__module__ = "torch"


def _contents(host: Tensor) -> Any:
    return _tensor_str(host, len("tensor("))  # type: ignore[no-untyped-call]


def follow(tensor: Accelerated) -> None:
    """Give a tensor the shape of its CPU tensor, after an operator has changed it."""
    host = tensor.host
    if tensor.shape == host.shape and tensor.stride() == host.stride():
        return
    storage = Tensor.untyped_storage(tensor)
    guard = torch._C._DisableTorchDispatch()
    before = torch._C._meta_in_tls_dispatch_include()
    torch._C._set_meta_in_tls_dispatch_include(True)
    try:
        # As torch's own subclasses do: the meta device's operator changes only the shape.
        set_ = torch.ops.aten.set_.source_Storage_storage_offset
        set_(tensor, storage, host.storage_offset(), host.shape, host.stride())
    finally:
        torch._C._set_meta_in_tls_dispatch_include(before)
        del guard


def wrap(host: Tensor) -> Tensor:
    """Return a tensor on the simulated device that shares a CPU tensor's entries."""
    # Without strides and offset, autograd would look for a view's entries elsewhere.
    found = _make(
        Accelerated,
        host.size(),
        strides=host.stride(),
        storage_offset=host.storage_offset(),
        dtype=host.dtype,
        device=_device,
    )
    found.host = host
    # torch marks a conjugate on the tensor and computes it later, before it calls the device.
    if host.is_conj():
        torch._C._set_conj(found, True)
    if host.is_neg():
        torch._C._set_neg(found, True)
    return found
