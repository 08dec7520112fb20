"""Runs the zygote in namespaces, created by bubblewrap if it is installed and allowed.

Inside, only the run's own processes can be seen or signalled. There is no network. The file system is
read-only except for the folder of temporary files.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

KIND = "net"
PATIENCE = 5.0
NOT_INSTALLED = "bubblewrap is not installed (`apt-get install bubblewrap`)"
NOT_ALLOWED = "bubblewrap may not make namespaces here (unprivileged user namespaces are switched off)"


def wrapper(around: str) -> tuple[list[str], str]:
    """Return the prefix for a command, or an empty list and the reason why there are no namespaces.

    `around` is the folder in which the command can write.
    """
    program = shutil.which("bwrap")
    if program is None:
        return [], NOT_INSTALLED
    writable = str(Path(around).absolute())
    command = [
        program,
        *("--ro-bind", "/", "/"),
        *("--dev-bind", "/dev", "/dev"),
        *("--proc", "/proc"),
        # The parent of the scratch folder, so that the zygote can remove the scratch folder.
        *("--bind", writable, writable),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        "--",
    ]
    try:
        tried = subprocess.run(  # noqa: S603 - a fixed command that does nothing
            [*command, "true"], capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return [], NOT_ALLOWED
    return (command, "") if tried.returncode == 0 else ([], NOT_ALLOWED)


def own() -> str:
    """Return the identity of this process's network namespace, or an empty string if there are none."""
    try:
        return str(Path(f"/proc/self/ns/{KIND}").stat().st_ino)
    except OSError:
        return ""
