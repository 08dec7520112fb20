"""Runs the tests of an exercise and grades the answers. The only package that uses pytest and Hypothesis."""
