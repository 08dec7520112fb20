"""Divides by zero while it is loaded."""

import torch


x = 1 / 0
