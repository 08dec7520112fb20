"""The worker: runs one submission and answers calls until its connection closes."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import sys
import tempfile
import types
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from grader.sandbox import (
    accelerators,
    codec,
    confinement,
    default_device,
    freshness,
    instrumentation,
    limits,
    processes,
    seccomp,
    sim,
    standins,
    threads,
    wire,
)
from grader.sandbox.array_codec import Unsendable
from grader.sandbox.loader import Program, raised
from grader.sandbox.output_limit import Printed
from grader.sandbox.zygote_client import Spawn

MAX_TROUBLE = 500


@dataclass(frozen=True)
class Prepared:
    """Data for every worker: the filter, or why it is missing, and why namespaces are missing."""

    instructions: bytes | None
    no_instructions: str
    no_namespaces: str


_prepared: list[Prepared] = []


def prepare(no_namespaces: str) -> None:
    """Build what every worker needs, once before any fork."""
    confinement.readable()
    try:
        _prepared[:] = [Prepared(seccomp.program(), "", no_namespaces)]
    except seccomp.NoFilter as error:
        _prepared[:] = [Prepared(None, str(error), no_namespaces)]


def main(connection: int, output: int, folder: str, request: Spawn) -> None:
    """Confine this process, then serve calls."""
    processes.reset_signals()
    os.setsid()
    processes.die_with_parent()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    processes.close_all_but(0, 1, 2, connection)
    os.chdir(folder)
    real = accelerators.is_real(request.device)
    chosen = {name: os.environ[name] for name in accelerators.CHOICE if name in os.environ}
    os.environ.clear()
    os.environ.update(HOME=folder, TMPDIR=folder, PATH="/usr/bin:/bin", LANG="C.UTF-8")
    # Then a file that asks for a GPU gets the same answer on every machine.
    os.environ.update(chosen if real else accelerators.NONE_VISIBLE)
    # The zygote has set this before the folder existed.
    tempfile.tempdir = folder
    sys.argv = [""]
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the process
    printed = sys.stdout = sys.stderr = Printed(1)
    sys.excepthook = sys.__excepthook__
    # Python's own generator draws a new seed in every forked process.
    random.seed(0)
    standins.install()
    freshness.restore()
    threads.install()
    if request.device == sim.NAME:
        sim.enable()
    elif real:
        accelerators.make_exact()
    processes.go_first()
    limits.apply(limits.Limits(), accelerator=real)
    near = socket.socket(fileno=connection)
    confined = _confine(folder, request)
    near.sendall(wire.frame(confined))
    if not confinement.suffices(confined.tier, request.required):
        # The runner knows the reason. It must not send a submission here.
        return
    serve(near, folder, printed)


def _confine(folder: str, request: Spawn) -> wire.Confined:
    prepared = _prepared[0]
    real = accelerators.is_real(request.device)
    found = confinement.confine(
        folder,
        instructions=prepared.instructions,
        why_not=prepared.no_instructions,
        no_namespaces=prepared.no_namespaces,
        withheld=(*confinement.KERNEL_LAYERS, confinement.SCRATCH) if real else request.withheld,
        why_withheld=confinement.DRIVEN if real else confinement.WITHHELD,
    )
    return wire.Confined(found.tier, found.active, found.missing, found.self_test)


def serve(connection: socket.socket, folder: str, printed: Printed) -> None:
    """Answer requests until the runner closes the connection."""
    program: Program | None = None
    device = "cpu"
    held: list[list[Any]] = []
    requests = connection.makefile("rb")
    while (request := wire.read_request(requests)) is not None:
        printed.begin()
        if isinstance(request, wire.Begin):
            reply: wire.Reply = begin(request.device)
        elif isinstance(request, wire.Prepare):
            device, program = request.device, None
            try:
                program, reply = Program(request.source, folder), wire.Begun()
            except OSError as error:
                # For example a full disk. Nothing of the submission has run.
                reply = wire.Begun(f"the submission's text can't be written ({error.strerror})"[:MAX_TROUBLE])
        elif isinstance(request, wire.Load):
            assert program is not None
            reply = program.load()
        elif isinstance(request, wire.Run):
            assert program is not None
            reply = program.run(request.cell)
        elif isinstance(request, wire.Hold):
            held = [[_placed(value, device) for value in one] for one in request.inputs]
            reply = wire.Begun()
        elif isinstance(request, wire.Repeat):
            assert program is not None
            reply = repeat(program.module, request.function, held, device)
        else:
            assert program is not None
            reply = answer(program.module, request, device)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        connection.sendall(wire.frame(reply))


def begin(device: str) -> wire.Begun:
    """Start a device, or report why that failed."""
    try:
        accelerators.start(device)
    except Exception as error:  # noqa: BLE001 - any error here is the machine's
        return wire.Begun(f"{type(error).__name__}: {error}"[:MAX_TROUBLE])
    return wire.Begun()


def answer(module: types.ModuleType, request: wire.Ask, device: str) -> wire.Reply:
    """Call one function and return its value, its exception, or why its value can't be sent."""
    function: Any = vars(module).get(request.function)
    default = default_device.current()
    left: str | None = None
    try:
        arguments = [_placed(value, device) for value in request.args]
        keywords = {name: _placed(value, device) for name, value in request.kwargs.items()}
        try:
            try:
                result = instrumentation.run(
                    request.mode, function, arguments, keywords, _placed(request.cotangent, device)
                )
            finally:
                # Also after an exception: its pending work must not fail in the next call.
                accelerators.synchronize(device)
        finally:
            left = default_device.restore(default)
        # Refuse kinds that can't be sent before looking at the device.
        packed = codec.pack(_fetched(result))
        given = any(isinstance(value, Tensor) for value in (*arguments, *keywords.values()))
        if given and isinstance(result, Tensor) and result.device.type != torch.device(device).type:
            return wire.Refused(f"a tensor on `{result.device.type}`, while the inputs are on `{device}`")
        if left is not None:
            return wire.Refused(f"a value, but changed torch's default device to `{left}`")
        return wire.Returned(packed)
    except Unsendable as error:
        return wire.Refused(str(error)[: wire.MAX_MESSAGE])
    except BaseException as error:  # noqa: BLE001 - SystemExit and the like are answers too
        return raised(error, module)


def repeat(module: types.ModuleType, name: str, held: list[list[Any]], device: str) -> wire.Reply:
    """Call a function with each of the kept inputs. Return how many calls there were, or its exception."""
    function: Any = vars(module).get(name)
    try:
        for arguments in held:
            function(*arguments)
        accelerators.synchronize(device)
    except BaseException as error:  # noqa: BLE001 - SystemExit and the like are answers too
        return raised(error, module)
    return wire.Returned(len(held))


def _placed(value: Any, device: str) -> Any:
    if device == "cpu" or not isinstance(value, Tensor):
        return value
    return sim.to_sim(value) if device == sim.NAME else value.to(device)


def _fetched(value: Any) -> Any:
    """Return a result, with each simulated tensor replaced by its CPU tensor."""
    if isinstance(value, tuple | list):
        return type(value)(map(_fetched, value)) if type(value) in {tuple, list} else value
    return sim.to_host(value) if sim.is_sim(value) else value
