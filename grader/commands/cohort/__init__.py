"""`grade cohort`: grade many submissions, each as if it were alone."""
