"""Prints a line, then forks, which a submission isn't allowed to do."""

import os


def build_circulant(c):
    print("a row of", len(c))
    os.fork()
    return c
