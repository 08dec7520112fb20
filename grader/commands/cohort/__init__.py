"""`grade cohort`: grade many submissions, each independently of the others."""
