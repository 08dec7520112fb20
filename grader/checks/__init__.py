"""What a property test says, and how its answer is judged: pytest and Hypothesis live here only."""
