"""The one refusal of the matching engine: what is wrong, where, and what to do."""

from __future__ import annotations


class InputRefused(ValueError):
    """A requirement, a profile or an option that cannot be used as given.

    `code` is a stable English word for tools, `message` a French sentence for people. Neither repeats a value
    found in the input: a refused value may be personal data.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
