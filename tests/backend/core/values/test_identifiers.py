"""Each identifier has one reader, and forms, API and imports all ask it."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from backend.core.api import serializers as api
from backend.core.pages.forms import IdentifierField
from backend.core.values import identifiers
from backend.exchange import values
from backend.exchange.cells import INSEE, POSTCODE, ROME, SIRET
from pathways.api.people import UpdatePersonSerializer
from pathways.exchange.passes import NUMBER as PASS_NUMBER
from pathways.screens.people.forms import PersonForm
from tests.house.one_home.test_bounds import of_the_product

READ = {
    identifiers.clean_siret: {"732 829 320 00074": "73282932000074", "732.829.320-00074": "73282932000074"},
    identifiers.clean_postcode: {"39 100": "39100", "39\u00a0100": "39100", "1000": "01000", "01000": "01000"},
    identifiers.clean_insee_code: {"2a 004": "2A004", "1053": "01053"},
    identifiers.clean_rome_code: {" k2204": "K2204", "K 22-04": "K2204"},
    identifiers.clean_pass_number: {"XXXXX 21 00011": "XXXXX2100011", "xxxxx-2100011": "XXXXX2100011"},
    identifiers.clean_email: {" ana@example.org ": "ana@example.org"},
    identifiers.clean_phone: {
        "612345678": "0612345678", "06 12 34 56 78": "0612345678", "+33 6 12 34 56 78": "0612345678",
        "06.12.34.56.78": "0612345678", "+41 22 730 51 11": "+41227305111", "'+33612345678": "0612345678",
    },
}  # fmt: skip
REFUSED = {
    identifiers.clean_siret: ("7328293200007", "abc", "²" * 14),
    identifiers.clean_postcode: ("391", "3910A", "²²²²²", "0"),
    identifiers.clean_insee_code: ("2C004", "12"),
    identifiers.clean_rome_code: ("2204K", "K22045"),
    identifiers.clean_pass_number: ("XXXXX21", "XXXXX2100011X"),
    identifiers.clean_email: ("ana", "ana@"),
    identifiers.clean_phone: ("abc", "6,12E+08", "12", "0000000000", "06 12 34 56 7²", "9" * 24),
}


@pytest.mark.parametrize(("clean", "ways"), READ.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_every_way_to_write_it_is_one_value_and_reading_it_again_changes_nothing(clean, ways):
    for typed, kept in ways.items():
        assert clean(typed) == kept
        assert clean(kept) == kept


@pytest.mark.parametrize(("clean", "wrong"), REFUSED.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_what_is_not_one_is_refused_with_a_sentence(clean, wrong):
    for typed in wrong:
        with pytest.raises(ValidationError) as refusal:
            clean(typed)
        assert refusal.value.messages[0].endswith(".")


@given(st.text(max_size=30))
def test_nothing_typed_breaks_a_reader(text):
    for clean in READ:
        try:
            assert clean(clean(text)) == clean(text)
        except ValidationError:
            continue
    assert isinstance(identifiers.spaced_phone(text), str)


def test_a_telephone_is_read_by_pairs():
    assert identifiers.spaced_phone("0612345678") == "06 12 34 56 78"
    assert identifiers.spaced_phone("+41227305111") == "+41 22 730 51 11"
    assert identifiers.spaced_phone("demander à l’accueil") == "demander à l’accueil"


@pytest.mark.parametrize(
    ("born", "is_taken"),
    [
        ("2010-11-20", True),
        ("2010-11-21", False),
        ("1926-11-20", True),
        ("1925-11-20", False),
        ("2027-01-01", False),
    ],
)
def test_sixteen_to_a_hundred_on_the_day_of_entry(born, is_taken):
    entry, birth = date(2026, 11, 20), date.fromisoformat(born)
    if is_taken:
        assert identifiers.clean_birth_date(birth, on=entry) == birth
    else:
        with pytest.raises(ValidationError):
            identifiers.clean_birth_date(birth, on=entry)


ERRORS = [
    "#N/A",
    "#REF!",
    "#VALEUR!",
    "#VALUE!",
    "#NOM?",
    "#NAME?",
    "#DIV/0!",
    "#NUL!",
    "#NOMBRE!",
    "#NUM!",
    "Err:502",
    "####",
    " #n/a ",
]


@pytest.mark.parametrize("text", ERRORS)
def test_the_error_of_a_spreadsheet_is_no_value_anywhere(text):
    with pytest.raises(values.BadValue):
        values.text(120)(text)
    form = PersonForm({"first_name": "Ana", "last_name": text})
    with pytest.raises(forms.ValidationError):
        form.fields["last_name"].clean(text)
    told = UpdatePersonSerializer(data={"last_name": text})
    assert not told.is_valid()
    assert "tableur" in str(told.errors["last_name"][0])


@pytest.mark.parametrize("text", ["#1", "N/A", "Numéro #N/A", "Erreur", "# de rue"])
def test_words_that_only_look_like_an_error_pass(text):
    identifiers.refuse_error_text(text)


CELLS = {SIRET: "clean_siret", POSTCODE: "clean_postcode", INSEE: "clean_insee_code", ROME: "clean_rome_code", PASS_NUMBER: "clean_pass_number", values.phone: "clean_phone", values.email: "clean_email"}  # fmt: skip


@pytest.mark.parametrize(("cell", "name"), CELLS.items(), ids=CELLS.values())
def test_a_cell_is_read_as_a_form_reads(cell, name):
    clean = getattr(identifiers, name)
    for typed, kept in READ[clean].items():
        assert cell(typed) == kept
    for typed in REFUSED[clean]:
        with pytest.raises(values.BadValue):
            cell(typed)


IDENTIFIERS = {"siret", "postcode", "insee_code", "rome_code", "phone", "contact_phone"}


def test_every_identifier_of_a_form_or_of_the_API_is_read_by_its_cleaner():
    asked = [
        (form.__name__, name, field)
        for form in of_the_product(forms.BaseForm)
        for name, field in form.base_fields.items()
        if name in IDENTIFIERS
    ]
    taken = [
        (serializer.__name__, name, field)
        for serializer in of_the_product(api.ModelInput)
        for name, field in serializer().fields.items()
        if name in IDENTIFIERS or (name == "number" and serializer.Meta.model.__name__ == "IaePass")
    ]
    assert len(asked) > 8
    assert len(taken) > 8
    ours = (IdentifierField, api.IdentifierField)
    assert [(one, name) for one, name, field in asked + taken if not isinstance(field, ours)] == []
