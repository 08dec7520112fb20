"""Checks an exercise without running it, and tells its author what to fix."""
