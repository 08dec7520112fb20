"""Which cases of a property are tried, and how a case is written as text."""
