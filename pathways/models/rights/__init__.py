"""What a person is entitled to, and what a decision lifts."""
