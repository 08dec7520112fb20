"""What comes out of a run: the score report and its schema, and text for people."""
