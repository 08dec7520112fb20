"""Finds the line that takes a tensor off its input's device or dtype, and says what to write instead."""
