"""Words that a free text should not hold (health, offences, religion, a social security number, insults): said, never blocked."""
