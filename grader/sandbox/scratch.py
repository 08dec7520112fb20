"""A worker's own small file system in memory. Its files take no disk space from others.

https://man7.org/linux/man-pages/man7/mount_namespaces.7.html
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from grader.sandbox import processes

NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000
PRIVATE, RECURSIVE, NOSUID, NODEV = 1 << 18, 1 << 14, 1 << 1, 1 << 2
SIZE, FILES = 16 << 20, 1024


def mount(folder: str) -> str:
    """Mount the file system on a folder, for this process only. Return a string that gives its size.

    Raises OSError if the system doesn't allow it. A process without the right to mount enters its own
    namespace, and has that right until it drops its capabilities.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(NEW_MOUNTS) < 0:
        processes.checked(libc.unshare(NEW_USER | NEW_MOUNTS))
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    # Else it would be mounted for the parent process too.
    processes.checked(libc.mount(None, b"/", None, PRIVATE | RECURSIVE, None))
    options = f"size={SIZE},nr_inodes={FILES},mode=0700".encode()
    processes.checked(libc.mount(b"tmpfs", folder.encode(), b"tmpfs", NOSUID | NODEV, options))
    return f"its own files in memory: at most {SIZE >> 20} MiB and {FILES} files"
