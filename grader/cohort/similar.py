"""`grade cohort --similar`: finds pairs of answers that share code beyond the stub and common solutions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.cohort.fingerprints import Gram, read, winnow
from grader.course import Course
from grader.exercises import read_text
from grader.reports.similarity import (
    LEAST_SHARE,
    LineRange,
    SimilarAnswers,
    SimilarPair,
    SimilarText,
    Uncompared,
)
from grader.source_text import SourceText

# With fewer fingerprints, an answer has less than about five lines of its own. Such code agrees by chance.
LEAST_OWN = 16
# Code of more than a quarter of the learners is a common solution. Three learners may still be a group, and
# MOSS, too, takes code in more than ten programs for common: a larger group would give very many pairs.
COMMON_SHARE, SMALLEST_COMMON, LARGEST_COMMON = 0.25, 3, 10


@dataclass(frozen=True)
class Fingerprinted:
    """One answer and its own fingerprints: those that are neither background nor common."""

    learner: str
    source: SourceText
    own: Mapping[int, list[Gram]]

    def shown(self, digests: Iterable[int]) -> SimilarText:
        """Return the answer with the lines of these fingerprints."""
        grams = (gram for digest in digests for gram in self.own[digest])
        return SimilarText(self.learner, self.source, tuple(_merged(grams)))


def background(course: Course, exercise_id: str) -> list[str]:
    """Return the texts that every answer may share: the stub, the reference solution and its variants."""
    exercise = course.exercise(exercise_id)
    paths = [exercise.stub, exercise.solution, *exercise.variants]
    return [read_text(path) for path in paths if path.exists()]


def compare(
    answers: Mapping[str, Mapping[str, SourceText]], background: Mapping[str, Sequence[str]]
) -> SimilarAnswers:
    """Return the pairs of answers that share code.

    `answers` has the answers of each exercise by learner, `background` the texts that all may share.
    """
    pairs: list[SimilarPair] = []
    left_out: list[Uncompared] = []
    for exercise, texts in sorted(answers.items()):
        cohort = _fingerprinted(texts, background.get(exercise, ()))
        left_out += [Uncompared(exercise, one) for one in sorted(texts.keys() - {a.learner for a in cohort})]
        pairs += _pairs(exercise, [one for one in cohort if len(one.own) >= LEAST_OWN])
    pairs.sort(key=lambda pair: (-pair.shared, pair.one.learner, pair.other.learner, pair.exercise))
    compared = sum(map(len, answers.values())) - len(left_out)
    return SimilarAnswers(tuple(pairs), compared, tuple(left_out))


def _fingerprinted(texts: Mapping[str, SourceText], background: Sequence[str]) -> list[Fingerprinted]:
    """Return the answers that have a syntax tree, sorted by learner."""
    answers = sorted(texts.items())
    grams = read(one.text for _, one in answers)
    chosen = {learner: winnow(found) for learner, one in answers if (found := grams[one.text]) is not None}
    # All grams, because winnowing may choose others at the edge of what an answer shares.
    known = {gram.digest for found in read(background).values() for gram in found or ()}
    ignored = known | _common(chosen.values())
    return [Fingerprinted(learner, texts[learner], _own(found, ignored)) for learner, found in chosen.items()]


def _common(cohort: Iterable[Sequence[Gram]]) -> set[int]:
    """Return the fingerprints that too many answers have."""
    digests = [{gram.digest for gram in grams} for grams in cohort]
    quarter = int(COMMON_SHARE * len(digests))
    most = min(max(quarter, SMALLEST_COMMON), LARGEST_COMMON)
    counts = Counter(digest for found in digests for digest in found)
    return {digest for digest, count in counts.items() if count > most}


def _own(grams: Iterable[Gram], ignored: set[int]) -> dict[int, list[Gram]]:
    own: dict[int, list[Gram]] = defaultdict(list)
    for gram in grams:
        if gram.digest not in ignored:
            own[gram.digest].append(gram)
    return dict(own)


def _pairs(exercise: str, cohort: Sequence[Fingerprinted]) -> Iterator[SimilarPair]:
    """Yield the pairs with a large share, found through an index from each fingerprint to its answers."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, answer in enumerate(cohort):
        for digest in answer.own:
            holders[digest].append(number)
    counts = Counter(pair for numbers in holders.values() for pair in combinations(numbers, 2))
    for (first, second), count in counts.items():
        one, other = cohort[first], cohort[second]
        shared = count / min(len(one.own), len(other.own))
        if shared >= LEAST_SHARE:
            both = one.own.keys() & other.own.keys()
            yield SimilarPair(exercise, one.shown(both), other.shown(both), shared)


def _merged(grams: Iterable[Gram]) -> Iterator[LineRange]:
    """Yield the lines of some grams, with touching ranges joined."""
    lines = sorted({(gram.first, gram.last) for gram in grams})
    first, last = lines[0]
    for start, end in lines[1:]:
        if start > last + 1:
            yield LineRange(first, last)
            first = start
        last = max(last, end)
    yield LineRange(first, last)
