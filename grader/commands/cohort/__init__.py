"""`grade cohort`: many submissions, each judged as it would be alone."""
