"""Prints, then asks for what a submission may not have."""

import os


def build_circulant(c):
    print("a row of", len(c))
    os.fork()
    return c
