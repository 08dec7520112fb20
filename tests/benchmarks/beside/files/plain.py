"""A plain script: load the learner's file, run the cases, print the score."""

import runpy
import sys

from judging import check

try:
    check(runpy.run_path(sys.argv[1])["build_toeplitz_1d"])
except Exception as error:
    print(f"score: 0, {error!r}")
else:
    print("score: 1")
