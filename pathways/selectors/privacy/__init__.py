"""What a person reads of the data kept about them: who looked, what they agreed to, what they asked."""
