"""A value already taken is said in our words, which speak of the person's own work; never « Un objet … existe déjà »."""

from django.db.models import UniqueConstraint
from django.db.models.constraints import BaseConstraint

from tests.house.tree import our_models

NEVER_MET = {
    "one_draft_per_form", "one_answer_per_key", "one_print_per_row", "competence_cited_once_per_occupation",
    "one_column_map_per_shape", "one_row_per_other_id",
}  # fmt: skip
"""Written by the service itself, under a lock or by « insert or update »: nobody types what would collide."""
BY_FILE = "_external_id_is_unique"
"""The sender's own identifiers: an import looks them up under the sender's mark before it writes."""
BY_THE_SERVICE = {
    "accounts.SeatToken.digest", "competences.Occupation.rome_code", "competences.Appellation.ogr_code",
    "competences.Competence.code", "organisations.Invitation.token_digest", "mail.Message.uid",
    "audit.Cut.last_id", "audit.Cut.head",
    "audit.Link.first_id", "audit.Link.last_id", "audit.Link.previous", "audit.Link.digest",
    "files.StoredFile.place",
}  # fmt: skip
"""Drawn by chance, codes of a referential that only `import-rome` writes, or links that the clock alone makes."""


def test_every_unique_constraint_has_its_sentence():
    mute = {
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
        and constraint.violation_error_message == BaseConstraint.default_violation_error_message
    }
    assert {name for name in mute - NEVER_MET if not name.endswith(BY_FILE)} == set(), (
        "`violation_error_message`: say in French what exists already, or NEVER_MET"
    )
    assert mute >= NEVER_MET, "leave out of the list what now has its sentence"


def test_every_unique_field_has_its_sentence():
    mute = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if field.unique
        and not (field.primary_key or field.one_to_one)
        and "unique" not in (field._error_messages or {})
    }
    assert mute - BY_THE_SERVICE == set(), (
        "`violation_error_message`, or BY_THE_SERVICE when a service refuses first"
    )
