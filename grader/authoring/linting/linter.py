"""The order of the rules: settings, files, statement, stub, tests, reference, measurement."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.linting import (
    file_rules,
    measure_rules,
    property_rules,
    reference_rules,
    settings_rules,
    statement_rules,
    stub_rules,
)
from grader.authoring.linting.rule import Complaint, LintedExercise, Rule

# An author writes in this order.
GROUPS: tuple[tuple[Rule, ...], ...] = (
    settings_rules.RULES,
    file_rules.EXIST,
    file_rules.WRITTEN,
    file_rules.PARSE,
    stub_rules.RULES,
    statement_rules.RULES,
    property_rules.RULES,
    reference_rules.RULES,
    measure_rules.RULES,
)
# If one of these groups has complaints, the later groups can't be checked.
NEEDED = (file_rules.EXIST, file_rules.PARSE)


def lint(read: LintedExercise) -> Iterator[Complaint]:
    """Yield what the author must fix, in the order in which an exercise is written."""
    for group in GROUPS:
        found = [complaint for rule in group for complaint in rule.complaints(read)]
        yield from found
        if found and group in NEEDED:
            return
