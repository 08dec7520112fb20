"""Confines a worker before it reads a submission, and tests that the confinement works."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import socket
import struct
import sys
import sysconfig
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import torch

from grader.sandbox import landlock, processes, scratch, seccomp

PR_CAPBSET_DROP = 24
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
LAST_CAPABILITY = 63
CAPABILITY_VERSION = 0x20080522
PTRACE_SEIZE = 0x4206

KERNEL_LAYERS = ("no_new_privs", "landlock", "seccomp")
SCRATCH = "scratch"
SYSTEM_FILES = (
    *(
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/usr/local/lib",
        "/usr/share/zoneinfo",
        "/etc/ld.so.cache",
    ),
    *(
        "/etc/localtime",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/sys/devices/system/cpu",
        "/dev/urandom",
        "/dev/zero",
    ),
)
WITHHELD = "withheld by --without-layer"
DRIVEN = "the device's driver needs files and system calls that this layer blocks"
STRENGTH = {"process": 0, "kernel": 1, "kernel+namespaces": 2}
DENIED, PRETENDED, ALLOWED = "denied", "pretended", "allowed"


@dataclass
class Confinement:
    """The state of a worker's confinement: active layers, missing layers with reasons, self-test results."""

    active: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    self_test: dict[str, str] = field(default_factory=dict)

    @property
    def tier(self) -> str:
        """The strongest tier that passed its self-test."""
        layered = all(layer in self.active for layer in KERNEL_LAYERS)
        if not layered or not self.self_test or ALLOWED in self.self_test.values():
            return "process"
        return "kernel+namespaces" if "namespaces" in self.active else "kernel"


def suffices(tier: str, required: str) -> bool:
    """Return whether a tier is at least as strong as the required one."""
    return STRENGTH[tier] >= STRENGTH[required]


@cache
def readable() -> list[str]:
    """Return the folders of Python, its packages and the system's libraries. None contains a course."""
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    paths |= {str(Path(module.__file__ or "").parents[1]) for module in (torch, np)}
    paths |= {str(Path(path).resolve()) for path in tuple(paths)}
    return sorted({*paths, *SYSTEM_FILES})


def confine(
    folder: str,
    *,
    instructions: bytes | None,
    why_not: str,
    no_namespaces: str,
    withheld: Collection[str] = (),
    why_withheld: str = WITHHELD,
) -> Confinement:
    """Give up access to everything except the Python installation and one folder, and run the self-test."""
    found = Confinement(active={"process": "a separate worker process with rlimits"})
    if no_namespaces or "namespaces" in withheld:
        found.missing["namespaces"] = no_namespaces or WITHHELD
    else:
        found.active["namespaces"] = "no other process visible, no network, a read-only file system"
    if sys.platform != "linux":
        for layer in KERNEL_LAYERS:
            found.missing[layer] = f"not available on {sys.platform}; use a Linux container"
        return found
    libc = ctypes.CDLL(None, use_errno=True)
    _scratch(folder, found, withheld, why_withheld)
    _drop_capabilities(libc, found)
    if libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0:
        found.active["dumpable"] = "no other process can read its memory"
    steps: dict[str, Callable[[], str]] = {
        "no_new_privs": lambda: _no_new_privileges(libc),
        "landlock": lambda: _landlock(folder),
        "seccomp": lambda: _seccomp(instructions, why_not),
    }
    for layer, step in steps.items():
        if layer in withheld:
            found.missing[layer] = why_withheld
            continue
        try:
            found.active[layer] = step()
        except OSError as error:
            found.missing[layer] = str(error)
    if all(layer in found.active for layer in KERNEL_LAYERS):
        found.self_test = self_test(folder)
    return found


def _scratch(folder: str, found: Confinement, withheld: Collection[str], why_withheld: str) -> None:
    """Give the worker its own file system in memory, if the system allows it."""
    if SCRATCH in withheld:
        found.missing[SCRATCH] = why_withheld
        return
    try:
        found.active[SCRATCH] = scratch.mount(folder)
    except OSError as error:
        found.missing[SCRATCH] = f"no process may make a private mount here ({error.strerror})"
    # Entering a namespace has cleared this setting.
    processes.die_with_parent()
    # The folder from before lies beneath the mount.
    os.chdir(folder)


def self_test(folder: str) -> dict[str, str]:
    """Try everything that a submission must not be able to do, and return each result."""
    outside = str(Path(folder).parent)
    parent = os.getppid()
    libc = ctypes.CDLL(None, use_errno=True)
    return {
        "read outside": _tried(lambda: os.close(os.open("/etc/passwd", os.O_RDONLY))),
        "list outside": _tried(lambda: os.listdir(outside)),
        "write outside": _tried(lambda: os.close(os.open(f"{outside}/x", os.O_WRONLY | os.O_CREAT))),
        "chmod": _pretended(folder),
        "link": _tried(lambda: os.symlink("/etc", f"{folder}/link")),
        "socket": _tried(lambda: socket.socket().close()),
        "fork": _tried(_fork),
        # If execve is allowed, it complains that the file doesn't exist.
        "exec": _tried(lambda: os.execv("/nonexistent", ["x"]), errno.ENOENT),  # noqa: S606
        "signal": _tried(lambda: os.kill(parent, 0)),
        "ptrace": _tried(lambda: processes.checked(libc.ptrace(PTRACE_SEIZE, parent, None, None))),
        "shared memory": _tried(lambda: processes.checked(libc.shmget(0, 4096, 0o1600))),
    }


def _tried(attempt: Callable[[], object], *works: int) -> str:
    try:
        attempt()
    except OSError as error:
        return ALLOWED if error.errno in works else DENIED
    return ALLOWED


def _pretended(folder: str) -> str:
    before = os.stat(folder).st_mode
    with contextlib.suppress(OSError):
        os.chmod(folder, 0o777)
    return PRETENDED if os.stat(folder).st_mode == before else ALLOWED


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _no_new_privileges(libc: ctypes.CDLL) -> str:
    processes.checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    return "no program can give it more rights"


def _landlock(folder: str) -> str:
    offered = landlock.version()
    if not offered:
        raise OSError(errno.ENOSYS, "this kernel has no Landlock (Linux 5.13 or newer, with lsm=landlock)")
    landlock.restrict(readable(), [folder, "/dev/null"])
    return f"version {offered}: reads Python's installation, writes its scratch folder"


def _seccomp(instructions: bytes | None, why_not: str) -> str:
    if instructions is None:
        raise OSError(errno.ENOSYS, why_not)
    seccomp.load(instructions)
    return f"{len(instructions) // 8} instructions: no new process, no network, no reach beyond itself"


def _drop_capabilities(libc: ctypes.CDLL, found: Confinement) -> None:
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("=Ii", CAPABILITY_VERSION, 0)
    if libc.capset(header, bytes(24)) == 0:
        found.active["capabilities"] = "none"
