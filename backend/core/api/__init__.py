"""What every endpoint shares: who asks, what is refused and how, pages, filters."""
