"""Uses Landlock: a process gives up access to all but a few folders. This needs no privileges.

https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE = 1 << 4, 1 << 5
MAKE_DIR, MAKE_REG = 1 << 7, 1 << 8
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

# All rights that each version of the interface can refuse.
FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
NETWORK_SINCE, SCOPES_SINCE = 4, 6
TCP = 0b11
SCOPES = 0b11

READ = READ_FILE | READ_DIR
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READ_AND_WRITE = READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG

_libc = ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """Return this kernel's version of Landlock, or 0 if it has none."""
    return max(int(_libc.syscall(CREATE_RULESET, None, 0, VERSION_FLAG)), 0)


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Let this process and its children use only these files for reading and for writing.

    If the kernel can, also forbid TCP, signals to other processes and abstract sockets. Raises OSError if the
    kernel refuses. `no_new_privs` must be set beforehand.
    """
    offered = version()
    handled = FILE_RIGHTS[min(max(offered, 1), max(FILE_RIGHTS))]
    attributes = struct.pack(
        "=QQQ",
        handled,
        TCP if offered >= NETWORK_SINCE else 0,
        SCOPES if offered >= SCOPES_SINCE else 0,
    )
    size = 24 if offered >= SCOPES_SINCE else 16 if offered >= NETWORK_SINCE else 8
    ruleset = _checked(_libc.syscall(CREATE_RULESET, attributes, size, 0))
    try:
        for path in readable:
            _allow(ruleset, path, READ & handled)
        for path in writable:
            _allow(ruleset, path, READ_AND_WRITE & handled)
        _checked(_libc.syscall(RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        # A path that doesn't exist needs no rule.
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - runs in every worker, where pathlib would cost
            rights &= OF_A_FILE
        _checked(_libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0))
    finally:
        os.close(descriptor)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
