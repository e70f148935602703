"""Each day a service is given obeys a window: a new date field is red until this table says which.

The slips of a year a stranger makes (1950, 2001, 2099) are refused by every service that takes a day, and a
believable day is taken: the table calls the services themselves.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction

from backend.core.errors import DomainError
from backend.organisations.models import Convention, Organisation
from competences.models import Bloc, Certification, Cv, Licence, VaeProject, VaeStep
from employers.models import Employer, Establishment, WorkTask
from pathways.models import (
    Beneficiary,
    Contract,
    Derogation,
    EligibilityDiagnosis,
    EntryProfile,
    HoursWish,
    Immersion,
    Interview,
    MedicalVisit,
    RelayStep,
    SavedDays,
    Training,
)
from tests.journeys.days.doors import DOORS
from tests.worlds.bakery import Bakery

PACKAGES = (
    "backend.organisations.services",
    "backend.exchange.services",
    "pathways.services",
    "competences.services",
    "employers.services",
    "reports.services",
)
OPEN_HANDED = {
    "update_person": Beneficiary,
    "record_entry": EntryProfile,
    "record_follow_up": Interview,
    "edit_interview": Interview,
    "create_structure": Organisation,
    "change_structure": Organisation,
    "update_employer": Employer,
    "correct_establishment": Establishment,
    "correct_immersion": Immersion,
    "correct_training": Training,
    "correct_wish": HoursWish,
    "correct_visit": MedicalVisit,
    "correct_saved_days": SavedDays,
    "correct_licence": Licence,
    "keep_cv": Cv,
    "add_task": WorkTask,
    "change_task": WorkTask,
    "plan_vae": VaeProject,
    "correct_contract": Contract,
    "describe_vae": VaeProject,
    "move_vae": VaeStep,
    "correct_vae_step": VaeStep,
    "correct_derogation": Derogation,
    "correct_relay_step": RelayStep,
    "record_convention": Convention,
    "correct_convention": Convention,
    "correct_diagnosis": EligibilityDiagnosis,
    "type_certification": Certification,
    "correct_certification": Certification,
    "type_bloc": Bloc,
    "correct_bloc": Bloc,
}
"""Services that take the fields of a row by their names; every date of the row counts."""


def days_of(service) -> set[str]:
    """The inputs of a service that hold a day: those it names, those of the row it writes by name."""
    found = set()
    for name, parameter in inspect.signature(service).parameters.items():
        if name != "now" and {"date", "datetime"} & set(re.findall(r"\w+", str(parameter.annotation))):
            found.add(name)
        if parameter.kind is parameter.VAR_KEYWORD:
            found |= {
                field.name
                for field in OPEN_HANDED[service.__name__]._meta.fields
                if isinstance(field, models.DateField) and field.editable
            }
    return found


def every_service():
    """What people do, by name: functions of the services' rooms that act for somebody."""
    for package in PACKAGES:
        room = importlib.import_module(package)
        for each in pkgutil.walk_packages(room.__path__, f"{package}."):
            module = importlib.import_module(each.name)
            for name, found in vars(module).items():
                is_here = inspect.isfunction(found) and inspect.unwrap(found).__module__ == each.name
                if is_here and not name.startswith("_") and "actor" in inspect.signature(found).parameters:
                    yield inspect.unwrap(found)


def test_every_day_a_service_is_given_stands_in_the_table():
    typed = {f"{service.__name__}.{name}" for service in every_service() for name in days_of(service)}
    helpers = {"check_moment.happened_at", "start_stay.started_on"}
    assert typed - helpers == set(DOORS), "say which window the new day obeys"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(DOORS))
def test_no_service_takes_a_day_nobody_means(name, today):
    door, house = DOORS[name], Bakery.build()
    for day in door.refuses:
        with transaction.atomic(), pytest.raises((DomainError, ValidationError)) as refusal:
            door.give(house, day)
        assert str(refusal.value), (name, day)
    with transaction.atomic():
        door.give(house, door.takes)
