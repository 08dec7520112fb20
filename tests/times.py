"""What differs from run to run in a report: when it was made, and how long that took."""

import re

TIMES = {"duration", "cpu_seconds", "judged_at"}
WRITTEN = re.compile(rb'"(?:duration|cpu_seconds)": [0-9.e-]+|"judged_at": "[^"]*"')


def timeless(value):
    """A decoded report, or a part of one, without times."""
    if isinstance(value, dict):
        return {name: timeless(part) for name, part in value.items() if name not in TIMES}
    return [timeless(part) for part in value] if isinstance(value, list) else value


def timeless_text(content):
    """What was written as JSON, its times all the same."""
    return WRITTEN.sub(b"", content)
