"""The output of a run: the score report and its schema, and texts and pages for people."""
