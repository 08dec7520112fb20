"""The score report in the formats of other platforms: pure functions from reports to text."""
