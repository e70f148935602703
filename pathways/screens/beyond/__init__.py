"""Opening a file outside one’s own caseload, and reading who did."""
