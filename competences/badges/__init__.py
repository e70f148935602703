"""The engine of badges: keys, proofs, lists of states. It knows neither the base nor the people."""
