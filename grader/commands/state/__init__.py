"""What the grader keeps in a learner's own folder."""
