"""Divides by zero while loading."""

import torch


x = 1 / 0
