"""Nothing answers without an actor."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class HasActor(BasePermission):
    """Signed in, from a seat that has not ended; 401 otherwise, never a redirection."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the door built an actor."""
        return getattr(request, "actor", None) is not None
