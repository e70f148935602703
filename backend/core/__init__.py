"""What every domain shares: the actor, errors, dates, identifiers, encryption, exports and API base classes."""
