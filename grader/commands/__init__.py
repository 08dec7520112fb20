"""The commands of `grade`, one module each."""
