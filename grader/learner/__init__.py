"""The commands of a learner: list, start, show, hint, run, replay, watch and serve."""
