"""Namespaces around the zygote, made by bubblewrap where it is installed and allowed.

Inside, no process but the run's own can be seen or signalled, the network has no way out,
and the file system is read-only but for the folder of temporary files.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

KIND = "net"
PATIENCE = 5.0
NOT_INSTALLED = "bubblewrap is not installed (`apt-get install bubblewrap`)"
NOT_ALLOWED = "bubblewrap may not make namespaces here (unprivileged user namespaces are switched off)"


def wrapper(scratch: str) -> tuple[list[str], str]:
    """Return what to put before a command, and why it is nothing where namespaces can't be had."""
    program = shutil.which("bwrap")
    if program is None:
        return [], NOT_INSTALLED
    around = str(Path(scratch).parent)
    command = [
        program,
        *("--ro-bind", "/", "/"),
        *("--dev-bind", "/dev", "/dev"),
        *("--proc", "/proc"),
        # The folder around the scratch folder, so that the server can clear that one away.
        *("--bind", around, around),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        "--",
    ]
    try:
        tried = subprocess.run(  # noqa: S603 - a fixed command, tried on one that does nothing
            [*command, "true"], capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return [], NOT_ALLOWED
    return (command, "") if tried.returncode == 0 else ([], NOT_ALLOWED)


def own() -> str:
    """Return what identifies this process's network namespace; nothing where there are none."""
    try:
        return str(Path(f"/proc/self/ns/{KIND}").stat().st_ino)
    except OSError:
        return ""
