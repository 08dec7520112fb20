"""`grade cohort` and `grade export`: many submissions, their reports and their gradebook."""
