"""What a browser answers for a key: read with care, it comes from outside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from backend.accounts.allauth_seams import origin_of, sign_count_of

MAX_LENGTH = 20_000
"""Ten times what the longest attestation takes."""
UNREADABLE_ANSWER = "La réponse de la clé n’a pas pu être lue. Réessayez."


class AnswerField(forms.JSONField):
    """The answer of a key: an object of a reasonable size, or nothing that we read further."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": "Utilisez le bouton de la clé, puis suivez ce que demande votre appareil.",
        "invalid": UNREADABLE_ANSWER,
    }

    def to_python(self, value: Any) -> Any:
        """The object that was sent; what is nested beyond reason is refused like what is no JSON."""
        if isinstance(value, str) and len(value) > MAX_LENGTH:
            raise ValidationError(UNREADABLE_ANSWER, "invalid")
        try:
            answer = super().to_python(value)
        except RecursionError as error:
            raise ValidationError(UNREADABLE_ANSWER, "invalid") from error
        if answer is not None and not isinstance(answer, dict):
            raise ValidationError(UNREADABLE_ANSWER, "invalid")
        return answer

    def bound_data(self, data: Any, initial: Any) -> None:
        """Nothing is shown again: the next question is another one."""

    def prepare_value(self, value: Any) -> str:
        """An empty field, which the script fills."""
        return ""


def comes_from_here(request: HttpRequest, answer: dict[str, Any]) -> bool:
    """Whether the browser was on this very address: a neighbour under the same domain is somebody else."""
    return origin_of(answer) == f"{request.scheme}://{request.get_host()}"


def goes_back(answer: dict[str, Any], last: int) -> bool:
    """Whether the key counts fewer uses than it did: two of them exist then (WebAuthn Level 3, 7.2, step 22).

    Those that are copied between the devices of one person always say zero.
    """
    count = sign_count_of(answer)
    return bool(count or last) and count <= last
