"""Who is accompanied today, and who answers for them."""
