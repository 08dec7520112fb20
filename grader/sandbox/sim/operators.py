"""Runs torch's operators for the simulated device: on the CPU, unless CUDA would refuse them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import torch
from torch import Tensor

from grader.sandbox.sim import rules
from grader.sandbox.sim.tensor import NAME, Accelerated, follow, wrap

Run = Callable[[tuple[Any, ...], dict[str, Any]], Any]

CPU = torch.device("cpu")


@cache
def runner(operator: Any) -> Run:
    """Return the function that runs an operator. It is cached, so its schema is read only once."""
    composed = torch._C.DispatchKey.CompositeImplicitAutograd
    if torch._C._dispatch_has_kernel_for_dispatch_key(operator.name(), composed.name):
        # Under torch.inference_mode the device must decompose such an operator.
        return lambda args, kwargs: operator._op_dk(composed, *args, **kwargs)
    arguments = operator._schema.arguments
    written = [part for part in arguments if part.alias_info is not None and part.alias_info.is_write]
    if any(part.name == "device" for part in arguments):
        return _placing(operator)
    if outputs := [part.name for part in written if part.kwarg_only]:
        return _writing(operator, outputs)
    if written and written[0].name == arguments[0].name:
        return _in_place(operator)
    return _on_hosts(operator, _wrapped)


def _placing(operator: Any) -> Run:
    """Run an operator that has a `device` argument."""
    here, elsewhere = _on_hosts(operator, _wrapped), _on_hosts(operator, _as_it_is)

    def run(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        device = kwargs.get("device")
        if device is not None and device.type != NAME:
            return elsewhere(args, kwargs)
        return here(args, kwargs if device is None else {**kwargs, "device": CPU})

    return run


def _in_place(operator: Any) -> Run:
    """Run an operator that changes its first argument and returns it."""
    call = _on_hosts(operator, _as_it_is)
    returns = bool(operator._schema.returns)
    moves = torch.Tag.inplace_view in operator.tags

    def run(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call(args, kwargs)
        if moves:
            follow(args[0])
        return args[0] if returns else None

    return run


def _writing(operator: Any, names: list[str]) -> Run:
    """Run an operator that writes into its `out=` arguments."""
    call = _on_hosts(operator, _as_it_is)

    def run(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        outputs = [kwargs[name] for name in names]
        rules.admit_outputs(outputs)
        call(args, kwargs)
        for output in outputs:
            follow(output)
        return outputs[0] if len(outputs) == 1 else tuple(outputs)

    return run


def _on_hosts(operator: Any, finish: Callable[[Any], Any]) -> Run:
    """Run an operator on the CPU tensors of its arguments, unless CUDA would refuse the arguments."""
    call = operator._op
    multiplies = operator.overloadpacket.__name__ in rules.PRODUCTS

    def run(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        strangers: list[Tensor] = []
        hosts = _hosts(args, strangers)
        named = dict(zip(kwargs, _hosts(kwargs.values(), strangers), strict=True)) if kwargs else kwargs
        if strangers:
            rules.admit(operator, (*args, *kwargs.values()), strangers)
        if multiplies:
            rules.admit_product(operator, hosts)
        if kwargs and kwargs.get("generator") is not None:
            rules.admit_generator(kwargs["generator"])
        return finish(call(*hosts, **named))

    return run


def _hosts(values: Iterable[Any], strangers: list[Tensor]) -> list[Any]:
    """Return the CPU tensors of some arguments. Append tensors on another device to `strangers`."""
    hosts: list[Any] = []
    for value in values:
        kind = type(value)
        if kind is Accelerated:
            hosts.append(value.host)
        elif kind is list or kind is tuple:
            hosts.append(_hosts(value, strangers))
        else:
            if isinstance(value, Tensor):
                strangers.append(value)
            hosts.append(value)
    return hosts


def _as_it_is(found: Any) -> Any:
    return found


def _wrapped(found: Any) -> Any:
    if isinstance(found, Tensor):
        return wrap(found)
    if isinstance(found, list | tuple):
        return type(found)(map(_wrapped, found))
    return found


def _dispatched(
    cls: type[Accelerated],
    func: Any,
    types: Any,
    args: tuple[Any, ...] = (),
    kwargs: dict[str, Any] | None = None,
) -> Any:
    """Run an operator with a tensor on the simulated device among its arguments."""
    del cls, types
    return runner(func)(args, kwargs or {})


Accelerated.__torch_dispatch__ = classmethod(_dispatched)  # type: ignore[assignment]
