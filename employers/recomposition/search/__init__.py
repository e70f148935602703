"""Good plans found fast: hundreds of candidates improve side by side."""
