"""The output of a run: the score report and its schema, and text and pages for people."""
