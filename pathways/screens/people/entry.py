"""The situation at entry in words: what is so, what is not, what nobody knows yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField

from pathways.models import EntryProfile

YES_OR_NO = tuple(field for field in EntryProfile._meta.fields if isinstance(field, BooleanField))


@dataclass(frozen=True, slots=True)
class EntryLines:
    """`yes` and `no` as labels; `unknown` counts the questions without answer, the level of education included."""

    education: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: int


def entry_lines(profile: EntryProfile | None) -> EntryLines:
    """Read a profile, or say that everything is still to learn."""
    profile = profile or EntryProfile()
    answers = {str(field.verbose_name): getattr(profile, field.name) for field in YES_OR_NO}
    return EntryLines(
        education=profile.get_education_level_display(),
        yes=tuple(label for label, answer in answers.items() if answer is True),
        no=tuple(label for label, answer in answers.items() if answer is False),
        unknown=sum(answer is None for answer in answers.values()) + (not profile.education_level),
    )
