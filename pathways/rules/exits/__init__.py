"""What an exit means: the motives of the State, their categories, whether the pathway goes on."""
