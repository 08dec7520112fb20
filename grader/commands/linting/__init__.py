"""Reads an exercise without running it, and complains about what its author must fix."""
