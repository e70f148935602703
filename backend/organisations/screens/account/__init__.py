"""One's own account: invitations, places, keys for tools."""
