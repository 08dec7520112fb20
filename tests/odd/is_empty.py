"""Contains only this line."""

import torch
