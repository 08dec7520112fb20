"""Entry point of `python -m grader` and `grade`. Handles Ctrl-C even while the command line loads."""

from __future__ import annotations

import os
import signal

from grader import INTERRUPTED


def main() -> None:
    """Load and run the command line. Ctrl-C stays ignored if the shell ignored it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until a command starts (`exit_codes.run`) nothing needs cleanup, but libraries print tracebacks.
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from grader import cli  # noqa: PLC0415 - only after the signal is handled

    cli.main()


if __name__ == "__main__":
    main()
