"""Where submissions are judged: in threads here, each waiting for a fork, or by a Dask cluster."""

from __future__ import annotations

import contextlib
import os
import re
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from grader.commands.cohort import task
from grader.errors import GraderError, UsageError

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 30
# What raises is tried again so often; where a worker is lost, the scheduler gives its task to another.
RETRIES = 3
_ADDRESS = re.compile(r"((tcp|tls|wss?)://)?(\[[0-9a-fA-F:.%\w]+\]|[^\s:/\[\]]+):[0-9]{1,5}/?")


class Pool(Protocol):
    """An executor, and how many tasks it works on at a time."""

    executor: Executor

    def lanes(self) -> int:
        """Return how many tasks are worked on at a time: none where every worker was lost."""

    def close(self) -> None:
        """End what is running."""


class Local:
    """Threads of this process: each waits for a fork of the one runner that is warm."""

    def __init__(self, jobs: int | None = None) -> None:
        """Take as many lanes as asked for, or one for each processor."""
        self._lanes = jobs or processors()
        self.executor: Executor = ThreadPoolExecutor(self._lanes)
        task.GRADERS.reopen()

    def lanes(self) -> int:
        """Return the number of threads."""
        return self._lanes

    def close(self) -> None:
        """Hang up on what is being judged: the threads end with their forks."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        task.GRADERS.close()
        self.executor.shutdown()


class Cluster:
    """The workers of a Dask cluster: each process of them keeps a warm grader of its own."""

    def __init__(self, address: str) -> None:
        """Connect, and wait for a worker."""
        self._address = address
        self._client = _connect(address)
        self.executor: Executor = self._client.get_executor(pure=False, retries=RETRIES)

    def lanes(self) -> int:
        """Return the number of threads of all workers; it changes as they come and go."""
        try:
            threads: dict[str, int] = self._client.nthreads()
        except (OSError, RuntimeError) as error:
            raise GraderError(
                "lost-cluster",
                found=f"the cluster is gone: {error}"[:500],
                where=f"--scheduler {self._address}",
                expected="a scheduler that lives until all is judged",
                remedy="start it and run the same command again: only what isn't judged yet is judged",
            ) from None
        return sum(threads.values())

    def close(self) -> None:
        """Drop what is still to be judged; the cluster is not ours to end."""
        # A cluster that is gone has nothing to drop any more, and says so in many ways.
        with contextlib.suppress(Exception):
            # Without waiting Dask's executor drops what is left; it knows no `cancel_futures`.
            self.executor.shutdown(wait=False)
            self._client.close(timeout=PATIENCE)


def pool(jobs: int | None, scheduler: str | None) -> Pool:
    """Return the pool that was asked for."""
    return Local(jobs) if scheduler is None else Cluster(scheduler)


def processors() -> int:
    """Return how many processors this process may use."""
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
            remedy="pip install 'toeplitz-grader[cluster]', or leave --scheduler out to use this machine",
        ) from None
    if not _ADDRESS.fullmatch(address):
        # Dask takes an empty one for the wish to start a cluster.
        raise _no_cluster(address, "no address: a host and a port")
    client: Client | None = None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        if client is not None:
            client.close()
        raise _no_cluster(address, f"no cluster that works: {error or type(error).__name__}") from None
    return client


def _no_cluster(address: str, found: str) -> GraderError:
    here = address if _ADDRESS.fullmatch(address) else "ADDRESS"
    return GraderError(
        "no-cluster",
        found=found,
        where=f"--scheduler {address}",
        expected="the address that `dask scheduler` prints, and at least one `dask worker` beside it",
        remedy=f"`dask scheduler` prints its address; start `dask worker {here}` on each machine",
    )
