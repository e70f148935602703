"""Which people could do this work, and why: pure functions over competences."""
