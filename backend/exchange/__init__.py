"""The way in and the way out: the csv bundle « échange » of the whole installation."""
