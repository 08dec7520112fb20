"""Reads submissions as text and never runs them."""
