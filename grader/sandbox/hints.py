"""Advice for each layer of isolation that a machine lacks."""

from __future__ import annotations

REMEDIES = {
    "no_new_privs": "use Linux; on macOS a Linux container, on Windows WSL 2",
    "landlock": (
        "boot Linux 5.13 or newer with `lsm=landlock,...`; "
        "in Docker and on CI machines the host's kernel must have it"
    ),
    "seccomp": "`apt-get install libseccomp2`, `pip install pyseccomp`; slim Docker images lack libseccomp2",
    "scratch": "allow user namespaces; without them all workers share one folder of temporary files",
    "namespaces": (
        "`apt-get install bubblewrap`, and allow unprivileged user namespaces; "
        "many containers and CI machines forbid them; the tier `kernel` doesn't need them"
    ),
}
