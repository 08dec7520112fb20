"""The test for an autograder made with gradescope-utils."""

import unittest

from gradescope_utils.autograder_utils.decorators import weight
from judging import check


class TestToeplitz(unittest.TestCase):
    @weight(1)
    def test_values(self):
        """T x is the valid cross-correlation of x with the kernel."""
        from toeplitz_1d import build_toeplitz_1d

        check(build_toeplitz_1d)
