"""Finds the line that gives a tensor a different device or dtype from its input, and suggests a fix."""
