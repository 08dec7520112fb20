"""Executors of a cohort: threads on this machine, or a Dask cluster."""

from __future__ import annotations

import contextlib
import os
import re
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from grader.errors import GraderError, UsageError
from grader.service import task

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 30
# How often to repeat a task that raises. If a worker is lost, the scheduler gives its task to another.
RETRIES = 3
_ADDRESS = re.compile(r"((tcp|tls|wss?)://)?(\[[0-9a-fA-F:.%\w]+\]|[^\s:/\[\]]+):[0-9]{1,5}/?")


class Pool(Protocol):
    """An executor and its number of parallel tasks."""

    executor: Executor

    def lanes(self) -> int:
        """Return the number of parallel tasks: 0 if every worker was lost."""

    def close(self) -> None:
        """End the running tasks."""


class Local:
    """Threads of this process. Each waits for one fork of the warm runner."""

    def __init__(self, jobs: int | None = None) -> None:
        """Start `jobs` threads, or one per processor."""
        self._lanes = jobs or processors()
        self.executor: Executor = ThreadPoolExecutor(self._lanes)
        task.GRADERS.reopen()

    def lanes(self) -> int:
        """Return the number of threads."""
        return self._lanes

    def close(self) -> None:
        """Drop the running jobs. Each thread ends when its fork ends."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        task.GRADERS.close()
        self.executor.shutdown()


class Cluster:
    """The workers of a Dask cluster. Each worker process keeps its own warm grader."""

    def __init__(self, address: str) -> None:
        """Connect, and wait for a worker."""
        self._address = address
        self._client = _connect(address)
        self.executor: Executor = self._client.get_executor(pure=False, retries=RETRIES)

    def lanes(self) -> int:
        """Return the number of threads of all workers. It changes as workers come and go."""
        try:
            threads: dict[str, int] = self._client.nthreads()
        except (OSError, RuntimeError) as error:
            raise GraderError(
                "lost-cluster",
                found=f"the cluster is lost: {error}"[:500],
                where=f"--scheduler {self._address}",
                expected="a scheduler that runs until all submissions are graded",
                remedy="start it and run the same command again. It grades only the remaining submissions",
            ) from None
        return sum(threads.values())

    def close(self) -> None:
        """Drop the remaining tasks. The cluster keeps running, because the grader didn't start it."""
        # If the cluster is lost, this may raise many kinds of errors, and there is nothing to drop.
        with contextlib.suppress(Exception):
            # With wait=False, Dask's executor drops the rest. It has no `cancel_futures`.
            self.executor.shutdown(wait=False)
            self._client.close(timeout=PATIENCE)


def pool(jobs: int | None, scheduler: str | None) -> Pool:
    """Return the local pool, or the Dask cluster of the scheduler."""
    return Local(jobs) if scheduler is None else Cluster(scheduler)


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _connect(address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, which only clusters need
    except ImportError:
        raise UsageError(
            "no-dask",
            found="Dask's `distributed` is not installed here",
            where="--scheduler",
            expected="the package `distributed`",
            remedy="run pip install 'toeplitz-grader[cluster]'. Or omit --scheduler to use this machine",
        ) from None
    if not _ADDRESS.fullmatch(address):
        # With an empty address, Dask would start a cluster.
        raise _no_cluster(address, "this isn't an address with a host and a port")
    client: Client | None = None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        if client is not None:
            client.close()
        raise _no_cluster(address, f"no working cluster: {error or type(error).__name__}") from None
    return client


def _no_cluster(address: str, found: str) -> GraderError:
    here = address if _ADDRESS.fullmatch(address) else "ADDRESS"
    return GraderError(
        "no-cluster",
        found=found,
        where=f"--scheduler {address}",
        expected="the address that `dask scheduler` prints, and at least one `dask worker`",
        remedy=f"`dask scheduler` prints its address. Start `dask worker {here}` on each machine",
    )
