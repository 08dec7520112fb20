"""What a property test says, and how its answer is graded: pytest and Hypothesis live here only."""
