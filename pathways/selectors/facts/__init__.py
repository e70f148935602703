"""What is read from the database for the rules to judge: rights, contracts, hours."""
