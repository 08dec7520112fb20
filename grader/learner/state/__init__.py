"""State of the grader in a learner's own folder."""
