"""`grade serve`: the pages of the course with the results of the saved answers."""
