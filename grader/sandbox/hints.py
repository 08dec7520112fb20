"""What to do about a layer of isolation that a machine lacks."""

from __future__ import annotations

REMEDIES = {
    "no_new_privs": "judge on Linux; on macOS in a Linux container, on Windows in WSL 2",
    "landlock": (
        "boot Linux 5.13 or newer with `lsm=landlock,...`; "
        "in Docker and on a CI's runner it is the host's kernel that must have it"
    ),
    "seccomp": "`apt-get install libseccomp2`, `pip install pyseccomp`; slim Docker images lack the first",
    "scratch": "allow user namespaces; without it all workers write to one folder of temporary files",
    "namespaces": (
        "`apt-get install bubblewrap`, and allow unprivileged user namespaces; "
        "many containers and runners forbid them, and the tier `kernel` needs none"
    ),
}
