"""The order of the rules: settings, files, statement, stub, tests, reference."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator

from grader.commands.linting import (
    file_rules,
    property_rules,
    reference_rules,
    settings_rules,
    statement_rules,
    stub_rules,
)
from grader.commands.linting.rule import Complaint, LintedExercise, Rule

# An author writes in this order. A later group would repeat the complaints of an earlier one.
BEFORE_PARSING: tuple[tuple[Rule, ...], ...] = (
    settings_rules.RULES,
    file_rules.EXIST,
    file_rules.WRITTEN,
    file_rules.PARSE,
)
AFTER_PARSING: tuple[tuple[Rule, ...], ...] = (
    stub_rules.RULES,
    statement_rules.RULES,
    property_rules.RULES,
    reference_rules.RULES,
)
# If one of these groups has complaints, the later groups aren't checked.
NEEDED = (file_rules.EXIST, file_rules.PARSE)


def lint(read: LintedExercise) -> Iterator[Complaint]:
    """Yield what the author must fix, in the order of writing."""
    for group in BEFORE_PARSING:
        found = [complaint for rule in group for complaint in rule.complaints(read)]
        if group is file_rules.EXIST:
            # One file at a time: at the beginning an exercise has none of them.
            found = found[:1]
        yield from found
        if found and group in NEEDED:
            return
    parsed = dataclasses.replace(
        read, trees={path: ast.parse(path.read_text(encoding="utf-8")) for path in read.python}
    )
    for group in AFTER_PARSING:
        for rule in group:
            yield from rule.complaints(parsed)
