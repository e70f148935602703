"""The passport: chosen by the person, carried away on paper, checked by whoever receives it."""
