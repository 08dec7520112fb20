"""The checks for check50."""

import check50
import check50.py


@check50.check()
def values():
    """T x is the valid cross-correlation of x with the kernel."""
    from judging import check

    answer = check50.py.import_("toeplitz_1d.py")
    try:
        check(answer.build_toeplitz_1d)
    except Exception as error:
        raise check50.Failure(f"{error!r}") from error
