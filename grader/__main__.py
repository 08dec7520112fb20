"""`python -m grader`, and the script `grade`: answers Ctrl-C also while the command line is being loaded."""

from __future__ import annotations

import os
import signal

from grader import INTERRUPTED


def main() -> None:
    """Load the command line and run it; where a shell has it ignored in the background, Ctrl-C stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until a command begins (`ending.run`) there is nothing to tidy up, only libraries with tracebacks.
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from grader import cli  # noqa: PLC0415 - from here on there is something that can be interrupted

    cli.main()


if __name__ == "__main__":
    main()
