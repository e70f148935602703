"""Two files of one person made one, and made two again: what follows, what conflicts, what is put back.

Nothing here knows a table by name: each domain declares its own (`tables.register`), and a test of the house walks every
model that leads to a person.
"""
