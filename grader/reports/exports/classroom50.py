"""Classroom 50: result.json, which takes only whole points.

https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from grader.errors import UsageError
from grader.report_model import Report
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.run_context import Occasion

TAG = re.compile(r"submit/(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ")
SUBMITTED_AT = "GRADER_SUBMITTED_AT"
# A finer division is rounded down.
FINEST = 1000
MOST_BYTES = 1_000_000
# Against rounding: reports give thirds in six digits.
DUST = 1e-4


def result(report: Report, occasion: Occasion) -> str:
    """Return result.json. The learner and the assignment come from the platform's environment variables."""
    header = _header(occasion)
    return texts.fitted(lambda detail: texts.as_json(header | _scores(report, detail)), MOST_BYTES)


def parts_of_a_point(report: Report) -> int:
    """Return the factor that turns all points into whole numbers.

    It depends only on the course and this machine's devices, not on the submission.
    """
    shares = [law.max_points for one in report.exercises for law in one.properties]
    parts = math.lcm(*(Fraction(share).limit_denominator(100).denominator for share in shares))
    return min(parts, FINEST)


def _scores(report: Report, detail: int) -> dict[str, Any]:
    parts = parts_of_a_point(report)
    tests = [_test(entry, parts, detail) for entry in listed_tests.everything_shown(report)]
    return {
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


def _test(entry: Entry, parts: int, detail: int) -> dict[str, Any]:
    score, most = (math.floor(points * parts + DUST) for points in (entry.points, entry.max_points))
    return {
        "test-name": entry.title,
        "passed": entry.verdict == "met",
        "score": score,
        "max-score": most,
        "verdict": entry.verdict,
        "message": texts.cut(entry.text, detail),
    }


def _header(occasion: Occasion) -> dict[str, Any]:
    variables = occasion.variables
    commit = _set("COMMIT_URL", variables)
    return {
        "schema": "classroom50/result/v1",
        "classroom": _set("CLASSROOM", variables),
        "assignment": _set("ASSIGNMENT", variables),
        "assignment_type": "group" if variables.get("ASSIGNMENT_TYPE") == "group" else "individual",
        "owner": variables.get("OWNER") or _set("USERNAME", variables),
        "submission": _set("SUBMISSION_TAG", variables),
        "commit": commit,
        "release": _set("RELEASE_URL", variables),
        "review": variables.get("REVIEW_URL") or commit,
        "datetime": _submitted_at(variables),
        "graded_at": datetime.fromtimestamp(occasion.ended, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _submitted_at(variables: Mapping[str, str]) -> str:
    """Return the time of the commit, or else of its tag. This time counts for the deadline."""
    given = variables.get(SUBMITTED_AT, "")
    if INSTANT.fullmatch(given):
        return given
    tag = _set("SUBMISSION_TAG", variables)
    found = TAG.match(tag)
    if found is None:
        raise _lacking(f"`{tag}`", "SUBMISSION_TAG", "a tag like submit/2026-11-21T19-00-00Z-abc1234")
    return "{}T{}:{}:{}Z".format(*found.groups())


def _set(name: str, variables: Mapping[str, str]) -> str:
    value = variables.get(name, "")
    if not value:
        raise _lacking(
            f"no variable {name}", "the environment", "the variables that Classroom 50's runner sets"
        )
    return value


def _lacking(found: str, where: str, expected: str) -> UsageError:
    return UsageError(
        "export-variables",
        found=found,
        where=where,
        expected=expected,
        remedy="run it from the `autograder.py` that `grade pack classroom50` writes",
    )
