"""The world of the matrix, attacked."""

from tests.access.conftest import world

__all__ = ["world"]
