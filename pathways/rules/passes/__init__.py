"""How long a PASS IAE lasts, and what happens to it after it was delivered: suspensions, prolongations, closing; how its days are counted."""
