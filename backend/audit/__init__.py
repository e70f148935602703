"""The append-only trail: who read or changed what, when, in the same transaction."""
