"""Starts a worker and prepares its device and text. A failure here isn't the submission's fault."""

from __future__ import annotations

from grader.errors import GraderError
from grader.sandbox import accelerators, wire
from grader.sandbox.client import Worker
from grader.sandbox.wire import Begun
from grader.sandbox.worker_end import Died, cannot_begin
from grader.sandbox.zygote_client import Demand, ZygoteClient

# Several workers may start a GPU at the same time and wait for each other.
BEGIN_SECONDS = 120.0
ATTEMPTS = 2


def start_worker(server: ZygoteClient, preparation: wire.Prepare, isolation: Demand) -> Worker:
    """Return a fresh worker that has prepared a text. Raise GraderError if two attempts fail.

    A GPU takes seconds to start. This time doesn't count as the submission's.
    """
    trouble: GraderError | None = None
    for _ in range(ATTEMPTS):
        worker = Worker.fork(server, device=preparation.device, isolation=isolation)
        trouble = _trouble_with(worker, preparation)
        if trouble is None:
            return worker
        worker.close()
    assert trouble is not None
    raise trouble


def begin(worker: Worker, request: wire.Begin | wire.Prepare) -> str:
    """Send a request before the submission runs. Return the error, or an empty text."""
    try:
        reply = worker.ask(request, seconds=BEGIN_SECONDS)
    except Died as died:
        return died.reason
    return reply.trouble if isinstance(reply, Begun) else "unexpected reply of the worker"


def _trouble_with(worker: Worker, preparation: wire.Prepare) -> GraderError | None:
    device = preparation.device
    if accelerators.is_real(device) and (said := begin(worker, wire.Begin(device))):
        return GraderError(
            "device",
            found=f"a worker can't use the device: {said}",
            where=f"`{device}`, before the submission ran on it",
            expected="a device that torch finds, with room for a few processes",
            remedy="run `nvidia-smi` to see what else uses it. Or grade without it: `--device cpu`",
        )
    said = begin(worker, preparation)
    return cannot_begin(said) if said else None
