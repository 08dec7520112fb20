"""Reads what a learner handed in, as text. Runs none of it."""
