"""The one way to have a submission graded: connections to runners, warm graders, parallel jobs."""
