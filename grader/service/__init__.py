"""The single entry point for grading submissions: runner connections, warm graders, parallel jobs."""
