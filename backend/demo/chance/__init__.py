"""Where invention comes from: seeded dice, published figures, names that belong to nobody, plain sentences."""
