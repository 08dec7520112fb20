"""Runs submissions. The only code that shares a process with one.

Nothing here imports pytest, Hypothesis or a reference solution.
"""
