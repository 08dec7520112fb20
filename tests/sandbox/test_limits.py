"""A worker's limits are the same, whatever process it was forked from."""

import json
import subprocess
import sys

# Torch's libraries for CUDA map more than the limit before a worker exists.
PROGRAM = """
import json, mmap
from grader.sandbox import limits

def fits(size):
    try:
        return bool(mmap.mmap(-1, size))
    except OSError:
        return False

memory = limits.Limits().memory
held = mmap.mmap(-1, memory + memory // 2) if {beforehand} else None
limits.apply(limits.Limits(), accelerator=False)
print(json.dumps([fits(memory // 2), fits(memory + memory // 2)]))
"""


def room(beforehand):
    """Return whether half of the memory limit can be allocated, and whether more than all of it can."""
    command = [sys.executable, "-c", PROGRAM.format(beforehand=beforehand)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_memory_is_counted_from_where_a_worker_begins():
    """A worker may allocate the same amount of memory, even if torch's libraries already map a lot."""
    assert room(beforehand=True) == room(beforehand=False) == [True, False]
