"""Measures the isolation of workers on this machine: the tier, its layers, and its self-test."""

from __future__ import annotations

from grader.errors import GraderError
from grader.report_model import Isolation
from grader.sandbox import accelerators
from grader.sandbox.client import Worker
from grader.sandbox.confinement import suffices
from grader.sandbox.hints import REMEDIES
from grader.sandbox.worker_end import Died, cannot_begin
from grader.sandbox.zygote_client import Demand, ZygoteClient


def probe(server: ZygoteClient, demand: Demand, device: str = "cpu") -> Isolation:
    """Return the isolation of workers for a device. Raise an error if it is weaker than required."""
    worker = Worker.fork(server, device=device, isolation=demand)
    try:
        confined = worker.confined()
    except Died as died:
        raise cannot_begin(died.reason) from None
    worker.close()
    if not suffices(confined.tier, demand.required):
        lacking = [layer for layer in REMEDIES if layer in confined.missing]
        allowed = [attempt for attempt, answer in confined.self_test.items() if answer == "allowed"]
        reasons = [f"{layer} ({confined.missing[layer]})" for layer in lacking]
        reasons += [f"the self-test could {attempt}" for attempt in allowed]
        raise GraderError(
            "isolation",
            found=f"submissions can't be isolated as demanded: missing {'; '.join(reasons)}",
            where=f"this machine reaches the tier `{confined.tier}`; no submission was run",
            expected=f"the tier `{demand.required}`",
            remedy=_remedy(lacking, device),
        )
    return Isolation(
        tier=confined.tier,
        required=demand.required,
        active=confined.active,
        missing=confined.missing,
        self_test=confined.self_test,
    )


def _remedy(lacking: list[str], device: str) -> str:
    if accelerators.is_real(device):
        return f"grade without `--device {device}`: `auto` then uses the simulated accelerator"
    return REMEDIES[lacking[0]] if lacking else "`grade doctor` shows each layer"
