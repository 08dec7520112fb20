"""Finds the line that gives a tensor another device or dtype than its input, and suggests a fix."""
