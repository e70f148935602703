"""What happens to a PASS IAE after it was delivered: suspensions, prolongations, closing; how its days are counted."""
