"""Which jobs these tasks could become, and why: a pure engine."""
