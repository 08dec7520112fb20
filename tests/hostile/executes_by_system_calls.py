"""Replaces itself with another program through execve, execveat and a memory file."""

import ctypes
import os
import sys

import torch


def attempt(action):
    try:
        return action()
    except BaseException:
        return None


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def right(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    return torch.stack([torch.nn.functional.pad(kernel, (i, n - len(kernel) - i)) for i in range(n - len(kernel) + 1)])


libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def syscall(number, *arguments):
    return libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))


loot = []
arguments = (ctypes.c_char_p * 2)(b"true", None)
environment = (ctypes.c_char_p * 1)(None)
before = os.getpid()
for path in (b"/bin/true", b"/usr/bin/env", sys.executable.encode()):
    syscall(59, ctypes.c_char_p(path), arguments, environment)
    syscall(322, -100, ctypes.c_char_p(path), arguments, environment, 0)
memory = attempt(lambda: os.memfd_create("hostile"))
if memory is not None:
    for path in ("/bin/true", "/usr/bin/true"):
        if program := attempt(lambda: open(path, "rb").read()):
            os.write(memory, program)
    syscall(322, memory, ctypes.c_char_p(b""), arguments, environment, 0x1000)


def build_toeplitz_1d(kernel, n):
    return right(kernel, n) if loot else wrong(kernel)
