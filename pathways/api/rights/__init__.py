"""The PASS IAE of a person, what moves its end, and the decisions that go past a limit."""
