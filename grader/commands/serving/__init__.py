"""`grade serve`: the pages of the course with the verdicts on what is saved."""
