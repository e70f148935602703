"""One invented life after another: steps, contracts, competences, follow-ups, hires."""
