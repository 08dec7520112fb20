"""Holds nothing but this line."""

import torch
