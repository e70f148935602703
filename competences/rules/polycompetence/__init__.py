"""Polycompétence as exact fractions: what one person covers of the trades, and how solid a team is.

Nothing here knows where readings come from. Every measure is monotone (a gesture, a level or a person more never
lowers it) and depends on what is held in the end, never on the order in which it came. `docs/polycompetence.md` tells the
formulas and works an example, which is also a test.
"""
