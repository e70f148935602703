"""Of whom a line speaks: known already, like somebody, or new."""
