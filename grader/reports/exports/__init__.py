"""The score report in other platforms' formats: pure functions from reports to text."""
