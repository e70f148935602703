"""Who may see what of a person; a role not listed sees nothing."""
