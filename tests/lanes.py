"""Group the tests for `pytest -n auto`: each group runs in one process, slow groups start first.

Tests of one file share its set-up, so they form a group. The tests that use the
proof of the course form another group.
"""

# Outside the nightly run: test every EACH-th known mistake, and ELSEWHERE variants per exercise on another device.
EACH, ELSEWHERE = 8, 1
# Files that share one set-up.
PROVED = {
    "tests/test_course.py",
    "tests/test_first_screen.py",
    "tests/devices/test_corpus.py",
}
# Tests that share no set-up and take minutes. They needn't wait for the rest of their file.
ALONE = {
    "test_every_mutant_is_killed",
    "test_earns_nothing_without_the_kernels_help",
}
# The slowest groups start first, so that nothing waits for them at the end.
FIRST = [
    "proved",
    "tests/hostile/test_hostile_corpus.py",
    "tests/runner/test_verdicts.py",
    "test_earns_nothing_without_the_kernels_help",
    "tests/browser/test_site.py",
    "tests/browser/test_laboratory.py",
    "test_every_mutant_is_killed",
]


def group_of(nodeid):
    """Return the name of a test's group."""
    file, _, rest = nodeid.partition("::")
    test = rest.partition("[")[0]
    if test in ALONE:
        return test
    return "proved" if file in PROVED else file


def rank(nodeid):
    """Return the rank of a test's group."""
    group = group_of(nodeid)
    return FIRST.index(group) if group in FIRST else len(FIRST)


def scheduler(config, log):
    """Return an xdist scheduler that distributes whole groups in the order of collection."""
    from xdist.scheduler import LoadScopeScheduling

    class Lanes(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return Lanes(config, log)
