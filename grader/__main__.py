"""`python -m grader`, and the script `grade`: answers Ctrl-C also while the command line is being loaded."""

from __future__ import annotations

import os
import signal

from grader import INTERRUPTED


def main() -> None:
    """Load the command line and run it."""
    loaded = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from grader import cli  # noqa: PLC0415 - from here on there is something that can be interrupted

    signal.signal(signal.SIGINT, loaded)
    cli.main()


if __name__ == "__main__":
    main()
