"""SEC-32: every table and every column is of one class, serves something, is kept for a time, leaves and is given, or says why."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from backend.core.free_text.detector import Subject, subjects_of
from backend.core.joining import tables as joined
from backend.core.privacy import tables
from backend.core.privacy.classes import Kind
from backend.core.privacy.tables import Fate
from backend.core.sealing.codes import SealedCode
from backend.core.sealing.encryption import EncryptedTextField, Sealed
from tests.house.nothing_forgotten.test_files_joined_forget_no_table import leading_to_a_person
from tests.house.nothing_forgotten.test_no_field_is_forgotten import forms_by_table, typed_into
from tests.house.tree import our_models

OURS = {model._meta.label: model for model in our_models()}
ABOUT_SOMEBODY = re.compile(
    r"(^|_)(name|phone|email|birth|sex|postcode|address|siret|note|text|reason|comment)(_|$)"
)
NOT_ABOUT_SOMEBODY = {
    "accounts.User.address_proven_at": "a day",
    "competences.BlocLine.text": "what a certification asks",
    "competences.Certifier.name": "a body that certifies",
    "competences.Certifier.siret": "a body that certifies",
    "competences.CompetenceEquivalent.reason": "why two entries of the referential are near",
    "employers.Employer.name": "a firm",
    "employers.Employer.siret": "a firm",
    "employers.Establishment.name": "a firm",
    "employers.WorkTask.name": "a task",
    "exchange.ColumnMap.name": "the name of a table sent",
    "organisations.Group.name": "a group",
    "organisations.Organisation.name": "a structure",
    "organisations.Organisation.phone": "a structure",
    "organisations.Organisation.siret": "a structure",
    "pathways.Beneficiary.search_name": "the name again, for the search: it goes with its row",
}
"""Columns whose name speaks of somebody and that say nothing of anybody, each with the reason."""
A_NAME, A_CODE, A_TITLE = "the name of a place or of a firm", "a code of a list", "what a paper is called"
NOT_SAID_OF_SOMEBODY = {
    "competences.Licence.issuer": A_NAME,
    "competences.Licence.label": A_TITLE,
    "competences.VaeProject.certification": A_TITLE,
    "competences.VaeStep.blocs": A_CODE,
    "employers.PostHireFollowUp.milestone": A_CODE,
    "employers.ProfileConsent.text_version": A_CODE,
    "pathways.Contract.rome_code": A_CODE,
    "pathways.Exit.employer_name": A_NAME,
    "pathways.IaePass.number": A_CODE,
    "pathways.Immersion.host_name": A_NAME,
    "pathways.Immersion.host_siret": A_CODE,
    "pathways.Immersion.host_town": A_NAME,
    "pathways.MedicalVisit.jobs": A_CODE,
    "pathways.MedicalVisit.service": A_NAME,
    "pathways.Relay.parts": A_CODE,
    "pathways.Training.certification_code": A_CODE,
    "pathways.Training.licence": A_CODE,
    "pathways.Training.provider": A_NAME,
    "pathways.Training.title": A_TITLE,
}
"""Texts of a person's tables that stay in clear because no sentence is said there of anybody, each with what it holds."""
_TOLD_OF_STEPS = {Kind.PATHWAY, Kind.SKILL, Kind.AGREEMENT, Kind.SITUATION, Kind.HEALTH, Kind.JUSTICE}
_CODES = {Kind.HEALTH, Kind.JUSTICE}
_SPOKEN = re.compile(r"\b(santé|médica\w*|justice|maladie|aptitude|décès)\b")
SPEAKS_OF_SOMETHING_ELSE = {
    "pathways.Interview.kind": "« Accueil et diagnostic »: of a situation, not of a body",
    "pathways.MedicalVisit.service": "the name of a service that every firm belongs to",
}
"""Lists whose words look like those of health or of justice and are not, each with the reason."""
_SEALED_AS = {Kind.WORDS, Kind.HIDDEN}


def line_of(label: str) -> tables.Table | None:
    """The line of a table; None while its house said nothing, which the first test below says."""
    return {table.label: table for table in tables.registered()}.get(label)


def of_people() -> list[tables.Table]:
    """Those whose rows are a person's, the lines still to write left aside."""
    return [table for each in joined.registered() if (table := line_of(each.label)) is not None]


def class_of(label: str, column: str) -> Kind | None:
    table = line_of(label)
    return table.columns.get(column) if table else None


def test_SEC_32_every_table_of_ours_has_its_line():
    assert {table.label for table in tables.registered()} == set(OURS), "a Table in <house>/privacy.py"


def test_SEC_32_every_table_of_the_libraries_has_its_line():
    others = {model._meta.label for model in apps.get_models()} - set(OURS)
    assert {table.label for table in tables.outside()} == others, (
        "`Outside` in backend/core/privacy: what the library keeps, and how long"
    )
    assert all(table.holds and table.kept for table in tables.outside()), (
        "say what the table of the library holds, and how long it is kept"
    )


@pytest.mark.parametrize("label", sorted(OURS))
def test_SEC_32_every_column_is_of_one_class(label):
    table = line_of(label)
    assert table is not None, "a Table in <house>/privacy.py"
    columns = {field.name for field in OURS[label]._meta.concrete_fields}
    assert set(table.columns) == columns, "a column is classified once, and only while it exists"
    assert table.purpose, "`purpose`: what the table serves, in one sentence"
    assert table.kept, "`kept`: how long, in one sentence"


def columns() -> list[tuple[str, models.Field, Kind]]:
    return [
        (f"{label}.{field.name}", field, kind)
        for label, model in sorted(OURS.items())
        for field in model._meta.concrete_fields
        if (kind := class_of(label, field.name)) is not None
    ]


def test_SEC_32_a_sealed_text_is_never_called_ordinary():
    wrong = [
        name
        for name, field, kind in columns()
        if isinstance(field, EncryptedTextField) and kind not in _SEALED_AS
    ]
    assert wrong == [], "a sealed text is `words` or `hidden` in <domain>/privacy.py"


def test_SEC_38_what_is_health_or_justice_is_sealed():
    """A code as well as a text: the base, stolen, tells neither."""
    in_clear = [name for name, field, kind in columns() if kind in _CODES and not isinstance(field, Sealed)]
    assert in_clear == [], "a field of backend/core/sealing/codes.py, then its migration"
    others = [name for name, field, kind in columns() if isinstance(field, SealedCode) and kind not in _CODES]
    assert others == [], "a sealed code is `health` or `justice` in <domain>/privacy.py"


def test_SEC_38_a_list_that_speaks_of_health_or_justice_is_classed_so():
    """By the words people read: the name of the column, and those of its list."""
    ordinary = {
        name
        for name, field, kind in columns()
        if kind.value.is_personal and kind not in _CODES and speaks_of_it(field)
    }
    assert ordinary == set(SPEAKS_OF_SOMETHING_ELSE), (
        "`health` or `justice` in <domain>/privacy.py, and sealed; or SPEAKS_OF_SOMETHING_ELSE with the reason"
    )


def speaks_of_it(field: models.Field) -> bool:
    """Whether its name, or a word of its list, speaks of health or of justice."""
    words = [str(field.verbose_name), *(str(label) for _, label in field.choices or ())]
    return any(
        {Subject.HEALTH, Subject.OFFENCE} & set(subjects_of(each)) or _SPOKEN.search(each.lower())
        for each in words
    )


def test_SEC_38_what_is_said_of_somebody_is_sealed():
    in_clear = {
        name
        for name, field, kind in columns()
        if kind is Kind.WORDS and is_a_text(field) and not isinstance(field, EncryptedTextField)
    }
    assert in_clear == set(), "seal it (EncryptedTextField, then its migration)"


def test_SEC_38_a_text_in_clear_says_why_nothing_is_said_there():
    in_clear = {
        name
        for name, field, kind in columns()
        if kind in _TOLD_OF_STEPS and is_a_text(field) and not isinstance(field, EncryptedTextField)
    }
    assert in_clear - set(NOT_SAID_OF_SOMEBODY) == set(), (
        "`words` in <domain>/privacy.py, and sealed; or NOT_SAID_OF_SOMEBODY with what it holds"
    )
    assert set(NOT_SAID_OF_SOMEBODY) - in_clear == set(), "it is gone, or sealed now"


def is_a_text(field: models.Field) -> bool:
    """Whether something may be typed there that no list closes."""
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def test_SEC_32_a_link_to_an_account_is_somebody():
    accounts = [
        name
        for name, field, kind in columns()
        if field.related_model is get_user_model() and kind not in {Kind.STAFF, Kind.LINK}
    ]
    assert accounts == [], "a link to an account is `staff` or `link` in <domain>/privacy.py"


def test_SEC_32_a_column_named_after_somebody_is_personal():
    """By its name or its type: an address of mail, a telephone, a birth date, a note."""
    impersonal = {
        name
        for name, field, kind in columns()
        if (isinstance(field, models.EmailField) or ABOUT_SOMEBODY.search(field.name))
        and not kind.value.is_personal
    }
    assert impersonal - set(NOT_ABOUT_SOMEBODY) == set(), (
        "a personal class in <domain>/privacy.py, or NOT_ABOUT_SOMEBODY with the reason"
    )
    assert set(NOT_ABOUT_SOMEBODY) - impersonal == set(), "it is gone, or personal now"


def test_SEC_40_what_is_typed_about_a_person_is_somebodys():
    """A column put by habit beside `id` and `version` would stay out of the copy its person receives."""
    typed = {
        f"{model._meta.label}.{name}": class_of(model._meta.label, name)
        for model in forms_by_table()
        if line_of(model._meta.label) in of_people()
        for name in typed_into(model)
    }
    assert len(typed) > 100, "what is typed is no longer found: look at `typed_into`"
    nobodys = {name for name, kind in typed.items() if kind in {Kind.TECHNICAL, Kind.COMMON}}
    assert nobodys == set(), "what somebody types of a person is theirs: another class in <domain>/privacy.py"


def test_SEC_32_whatever_is_a_persons_goes_with_them():
    for model in leading_to_a_person():
        table = line_of(model._meta.label)
        assert table is None or table.fate is Fate.ROW, (
            f"{table.label} leads to a person: its rows go with theirs"
        )
    others = [table for table in tables.registered() if table.model not in leading_to_a_person()]
    assert [table.label for table in others if table.fate is Fate.ROW] == [], (
        "it leads to nobody: say its own `fate` in <domain>/privacy.py"
    )
    assert {table.label for table in of_people()} == {each.label for each in joined.registered()}, (
        "the same tables in <domain>/privacy.py and in <domain>/joining.py"
    )


def test_SEC_40_every_personal_table_is_given_or_says_why():
    for table in of_people():
        assert bool(table.title) != bool(table.not_given), table.label
        assert table.given() or table.not_given, f"{table.label}: nothing of it is given"
    for table in tables.registered():
        assert table.title or table.not_given, table.label
        assert set(table.links_given) <= set(table.columns), "`links_given` names a column that is gone"
        assert set(table.contact) <= set(table.columns), "`contact` names a column that is gone"
