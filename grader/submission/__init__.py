"""Reads submissions as text. Runs none of it."""
