"""What every page shares, whichever domain it speaks of: its door, its form, its addresses, its files."""
