"""Files through the API, with the same rights as on screen."""
