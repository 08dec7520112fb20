"""Test how reports represent values from torch and NumPy."""

import numpy as np
import torch

from grader.report_model import Array
from grader.runner import plain_values


def test_numbers_of_numpy_are_plain_numbers():
    """A NumPy scalar in a comparison is shown as a plain number."""
    assert plain_values.plain(np.float64(2.5)) == 2.5
    assert type(plain_values.plain(np.int64(3))) is int
    assert plain_values.brief(np.float64(2.0)) == "2.0"


def test_arrays_read_as_tensors_do():
    """Tensors and arrays are shown with the same brackets, and large ones only by their shape."""
    assert (
        plain_values.brief(np.array([1.0, 2.0])) == plain_values.brief(torch.tensor([1.0, 2.0])) == "[1, 2]"
    )
    assert plain_values.brief(np.zeros(1000)) == "<float64 array of shape (1000,)>"
    assert plain_values.plain(np.array([[1.0]])) == Array(dtype="float64", shape=[1, 1], values=[[1.0]])
