"""What a follow-up holds: the meeting, what was aimed at, what is to be done, what weighs."""
