"""Which tests run one after the other in one process, and which of them begin first, under `pytest -n auto`.

Tests of one file share what the file sets up, so they stay together; so do those that ask for the course's proof.
"""

# Every change tries one known mistake of so many, and so many variants of an exercise on another device.
EACH, ELSEWHERE = 8, 1
# What is set up once for several files.
PROVED = {
    "tests/test_course.py",
    "tests/test_first_screen.py",
    "tests/devices/test_corpus.py",
}
# A file whose tests share nothing with others: one that takes minutes needn't wait for the rest of the file.
ALONE = {
    "test_every_mutant_is_killed",
    "test_earns_nothing_without_the_kernels_help",
}
# What takes longest begins first, so that nothing else waits for it at the end.
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
    """Return the name of the group that a test belongs to."""
    file, _, rest = nodeid.partition("::")
    test = rest.partition("[")[0]
    if test in ALONE:
        return test
    return "proved" if file in PROVED else file


def rank(nodeid):
    """Return a test's place in the order of groups."""
    group = group_of(nodeid)
    return FIRST.index(group) if group in FIRST else len(FIRST)


def scheduler(config, log):
    """Return xdist's scheduler that hands out groups whole, in the order in which they were collected."""
    from xdist.scheduler import LoadScopeScheduling

    class Lanes(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return Lanes(config, log)
