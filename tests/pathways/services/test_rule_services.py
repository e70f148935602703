"""Who writes a rule, what it leaves in the trail, and the two commands."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError, NotPermitted
from pathways.models import RuleSetting
from pathways.rules.dated.rows import CDDI_CEILING, HOURS_480_LIFTED
from pathways.selectors.rule_book import read_book
from pathways.services import set_rule
from tests.factories import OrganisationFactory, actor_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def typed(actor: Actor, **changes):
    asked = {"name": CDDI_CEILING, "value": "30", "valid_from": DAY, "basis": "Loi inventée, art. 1"}
    return set_rule(**{"actor": actor} | asked | changes)


def test_the_network_writes_a_rule_with_its_line_in_the_trail():
    row = typed(actor_of(Role.NETWORK_HEAD))
    assert read_book().whole(CDDI_CEILING, on=DAY) == 30
    (line,) = Entry.objects.about(row)
    assert (line.action, line.detail["key"], line.detail["value"]) == ("rule.set", CDDI_CEILING, "30")


def test_the_same_rule_from_the_same_day_is_corrected():
    head = actor_of(Role.NETWORK_HEAD)
    typed(head)
    row = typed(head, value="36")
    assert RuleSetting.objects.get() == row
    assert Entry.objects.about(row).order_by("-pk").first().detail["before"] == "30"


@pytest.mark.parametrize("said", ["60", "60 %", "60 %", "0,6", "0.60"])
def test_a_rate_is_typed_as_it_is_shown_or_as_a_share(said):
    typed(actor_of(Role.NETWORK_HEAD), name="national_dynamic_target", value=said)
    assert read_book().rule("national_dynamic_target", on=DAY).value == 0.6


def test_a_rate_above_the_whole_is_refused_with_an_example():
    with pytest.raises(DomainError, match="100 % au plus est attendu, par exemple 60"):
        typed(actor_of(Role.NETWORK_HEAD), name="national_dynamic_target", value="160")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.NETWORK_HEAD, Role.OPERATOR}))
def test_nobody_else_moves_a_rule_of_everybody(role):
    with pytest.raises(NotPermitted):
        typed(actor_of(role))
    assert not RuleSetting.objects.exists()


def test_a_manager_records_what_the_prefect_decided_for_their_own_structure_only():
    structure = OrganisationFactory(kind="AI")
    manager = actor_of(Role.MANAGER, structure)
    decision = {"name": HOURS_480_LIFTED, "value": "oui", "valid_to": date(2026, 12, 31)}
    assert typed(manager, organisation=structure, **decision).organisation == structure
    for organisation in (OrganisationFactory(kind="AI"), OrganisationFactory(group=structure.group)):
        with pytest.raises(NotPermitted):
            typed(manager, organisation=organisation, **decision)


def test_a_refused_value_leaves_nothing():
    for changes, refusal in [({"value": "beaucoup"}, DomainError), ({"basis": " "}, ValidationError)]:
        with pytest.raises(refusal):
            typed(actor_of(Role.NETWORK_HEAD), **changes)
    assert not RuleSetting.objects.exists()
    assert not Entry.objects.filter(action="rule.set").exists()


def test_the_command_enters_a_rule_and_the_list_shows_it_with_its_days(capsys):
    call_command(
        "set_rule",
        CDDI_CEILING,
        "30",
        "--from",
        "2026-01-01",
        "--to",
        "2026-12-31",
        "--basis",
        "Loi inventée",
    )
    assert "30 mois, à partir du 1er" in capsys.readouterr().out.replace("\u00a0", " ")
    call_command("rules", "--on", "2026-06-01")
    lines = [
        line for line in capsys.readouterr().out.replace("\u00a0", " ").splitlines() if CDDI_CEILING in line
    ]
    assert [line[0] for line in lines] == [" ", "*"]
    assert "24 mois\tpremière date non vérifiée\tconfirmé\tCode du travail" in lines[0]
    assert "30 mois\tdu 1er janvier 2026 au 31 décembre 2026\tconfirmé\tLoi inventée" in lines[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((CDDI_CEILING, "beaucoup"), "un nombre est attendu"),
        ((HOURS_480_LIFTED, "oui", "--structure", "0"), "inconnue"),
    ],
)
def test_the_command_refuses_with_a_sentence(capsys, arguments, words):
    with pytest.raises(SystemExit):
        call_command("set_rule", *arguments, "--from", "2026-01-01", "--basis", "Loi inventée")
    assert words in capsys.readouterr().err
