"""The posts done (ETP), with the arithmetic said."""
