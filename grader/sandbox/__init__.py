"""Runs submissions. Only this package shares a process with a submission.

Nothing here imports pytest, Hypothesis or a reference solution.
"""
