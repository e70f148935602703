"""Rights that are opened, suspended, prolonged, lifted, and the diagnosis they begin with."""
