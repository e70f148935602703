"""Days without contract between two steps, over all the people somebody answers for."""
