"""A test file for otter-grader. A failing test raises an exception."""

from otter.test_files import test_case

OK_FORMAT = False

name = "values"
points = 1


@test_case()
def test_values(build_toeplitz_1d):
    """T x is the valid cross-correlation of x with the kernel."""
    from judging import check

    check(build_toeplitz_1d)
