"""The second wall: PostgreSQL itself refuses the row of somebody whom the present work does not reach (SEC-15).

`visible_to` stays the first wall, and says role by role who reads what. This one is coarser, at the grain of the
structure, and holds whatever the SQL says: each connection tells for whom it works (`reach`), each table that leads to a
person carries one rule (`policies`) made from the links registered for joining files, and whoever works for nobody reads
nothing. What legitimately goes across is named in `gates`, with its reason.
"""
