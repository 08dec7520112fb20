"""Chooses the cases of a property, and writes cases as text."""
