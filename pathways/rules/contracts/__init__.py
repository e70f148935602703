"""What the law finds in a contract: kinds, lengths, renewals, missions, hours."""
