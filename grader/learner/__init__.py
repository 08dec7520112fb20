"""The learner's commands: list, start, show, hint, run, replay, watch and serve."""
