"""Two thousand edits on screen, then the same file again: none is lost without somebody having decided so."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from backend.core import steps
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError
from backend.exchange import registry
from backend.exchange.report import TAKEN_BACK
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from competences.models import Licence
from competences.services import cancel_licence, correct_licence
from pathways.enums import CancelReason
from pathways.models import Beneficiary, Contract, Exit, IaePass, Interview, MonthlyHours
from pathways.services import (
    cancel_exit,
    cancel_hours,
    cancel_interview,
    cancel_pass,
    complete_exit,
    correct_contract,
    correct_pass,
    edit_interview,
    move_exit,
    record_entry,
    record_hours,
    update_person,
)
from tests.backend.exchange.whole import write_bundle
from tests.factories import MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-26T10:00:00+01:00")]
PEOPLE, EDITS = 24, 2_000
PARIS = ZoneInfo("Europe/Paris")


def files() -> dict[str, list[dict[str, str]]]:
    """A structure's year: contracts, hours, PASS, exits, interviews with and without an id, titles."""
    numbers = range(PEOPLE)
    leaving = [n for n in numbers if n % 4 == 0]
    return {
        "salaries.csv": [
            {
                "id": f"p{n}", "nom": f"Fictive{'abcdefghijklmnopqrstuvwxyz'[n]}", "prenom": "Solange",
                "telephone": f"03840000{n:02d}", "code_postal": "39000", "brsa": "oui", "rqth": "non",
            }
            for n in numbers
        ],
        "contrats.csv": [
            {
                "id": f"c{n}", "salarie_id": f"p{n}", "type": "CDDI", "date_debut": "2026-02-02",
                "date_fin_prevue": "2027-01-29", "heures_hebdo": "26", "code_rome": "K2204",
            }
            for n in numbers
        ],
        "heures.csv": [
            {"contrat_id": f"c{n}", "mois": f"2026-{month:02d}", "heures": "100", "client_type": "PUBLIC"}
            for n in numbers
            for month in (3, 4)
        ],
        "pass.csv": [
            {"salarie_id": f"p{n}", "numero": f"99999{n:07d}", "date_debut": "2026-02-02", "date_fin": "2028-02-01"}
            for n in numbers
        ],
        "sorties.csv": [
            {"salarie_id": f"p{n}", "date_sortie": "2026-11-16", "motif": "3"} for n in leaving
        ],
        "entretiens.csv": [
            {"salarie_id": f"p{n}", "date": "2026-10-05", "synthese": "Point fait", "id": f"e{n}" if n % 2 else ""}
            for n in numbers
        ],
        "habilitations.csv": [
            {
                "salarie_id": f"p{n}", "nature": "CACES_R489", "precision": "catégorie 3", "date": "2026-03-05",
                "id": f"h{n}" if n % 2 else "",
            }
            for n in numbers
        ],
    }  # fmt: skip


class Hand:
    """Somebody of the team, who corrects at random what they may."""

    def __init__(self, actor: Actor, drawn: random.Random) -> None:
        self.actor, self.drawn = actor, drawn
        self.gestures = [
            (10, self.person), (8, self.entry), (10, self.contract), (10, self.hours), (6, self.iae_pass),
            (8, self.interview), (6, self.licence), (3, self.exit_day), (2, self.exit_motive),
            (0.4, self.no_hours), (0.2, self.no_interview), (0.2, self.no_licence), (0.2, self.no_pass),
            (0.1, self.no_exit),
        ]  # fmt: skip

    def edit(self) -> bool:
        """One gesture; False when the house refuses it."""
        weights = [weight for weight, _ in self.gestures]
        gesture = self.drawn.choices([each for _, each in self.gestures], weights)[0]
        try:
            gesture()
        except (DomainError, IndexError):  # refused, or nothing of the kind is left
            return False
        return True

    def one(self, model):
        return self.drawn.choice(list(model.objects.order_by("pk")))

    def day(self, first: date, days: int) -> date:
        return first + timedelta(days=self.drawn.randrange(days))

    def person(self):
        row = self.one(Beneficiary)
        change = self.drawn.choice(
            [
                {"phone": f"03840{self.drawn.randrange(10**5):05d}"},
                {"postcode": f"39{self.drawn.randrange(1000):03d}"},
                {"birth_date": self.day(date(1980, 1, 1), 5_000)},
                {"first_name": self.drawn.choice(["Lina", "Karim", "Inès"])},
                {"phone": ""},
            ]
        )
        update_person(actor=self.actor, beneficiary=row, version=row.version, **change)

    def entry(self):
        row = self.one(Beneficiary)
        profile = row.entry_profile
        said = {self.drawn.choice(["brsa", "rqth", "qpv"]): self.drawn.choice([True, False, None])}
        record_entry(actor=self.actor, beneficiary=row, version=profile.version, **said)

    def contract(self):
        row = self.one(Contract)
        change = self.drawn.choice(
            [
                {"weekly_hours": Decimal(self.drawn.randrange(40, 70)) / 2},
                {"rome_code": self.drawn.choice(["K2204", "A1203", ""])},
                {"planned_end_on": self.day(date(2026, 12, 1), 90)},
            ]
        )
        correct_contract(actor=self.actor, contract=row, seen=steps.seen(row), **change)

    def hours(self):
        row = self.one(MonthlyHours)
        hours = Decimal(self.drawn.randrange(60, 240)) / 2
        record_hours(
            actor=self.actor, contract=row.contract, month=row.month, hours=hours, client_kind=row.client_kind
        )

    def iae_pass(self):
        row = self.one(IaePass)
        number = self.drawn.choice([row.number, f"99998{self.drawn.randrange(10**7):07d}"])
        ends_on = self.day(date(2028, 1, 1), 60)
        correct_pass(
            actor=self.actor,
            iae=row,
            seen=steps.seen(row),
            number=number,
            starts_on=row.starts_on,
            ends_on=ends_on,
        )

    def interview(self):
        row = self.one(Interview)
        moment = datetime.combine(self.day(date(2026, 9, 1), 60), datetime.min.time(), PARIS).replace(hour=12)
        change = self.drawn.choice(
            [
                {"duration_minutes": self.drawn.randrange(5, 90)},
                {"synthesis": f"Repris {self.drawn.random()}"},
                {"happened_at": moment},
            ]
        )
        edit_interview(actor=self.actor, interview=row, version=row.version, **change)

    def licence(self):
        row = self.one(Licence)
        change = self.drawn.choice(
            [
                {"issuer": f"Centre {self.drawn.random()}"},
                {"label": self.drawn.choice(["catégorie 3", "catégorie 5"])},
                {"obtained_on": self.day(date(2026, 3, 1), 60)},
            ]
        )
        correct_licence(actor=self.actor, licence=row, version=row.version, **change)

    def exit_day(self):
        row = self.one(Exit)
        move_exit(actor=self.actor, exit_=row, version=row.version, on=self.day(date(2026, 11, 1), 24))

    def exit_motive(self):
        row = self.one(Exit)
        complete_exit(
            actor=self.actor, exit_=row, version=row.version, motive=self.drawn.choice(["3", "7", "12"])
        )

    def no_hours(self):
        row = self.one(MonthlyHours)
        cancel_hours(actor=self.actor, line=row, seen=steps.seen(row), reason=CancelReason.TWICE)

    def no_interview(self):
        row = self.one(Interview)
        cancel_interview(actor=self.actor, interview=row, version=row.version, reason=CancelReason.NEVER_HELD)

    def no_licence(self):
        row = self.one(Licence)
        cancel_licence(actor=self.actor, licence=row, version=row.version, reason="Erreur de personne")

    def no_pass(self):
        row = self.one(IaePass)
        cancel_pass(actor=self.actor, iae=row, seen=steps.seen(row), reason=CancelReason.OTHER)

    def no_exit(self):
        row = self.one(Exit)
        cancel_exit(actor=self.actor, exit_=row, version=row.version, reason=CancelReason.NEVER_HELD)


def everything() -> dict[str, list[list[str]]]:
    """What the base says, as the format writes it."""
    return {
        layout.name: sorted([str(column.written(row)) for column in layout.columns] for row in layout.rows())
        for layout in registry.layouts()
    }


@pytest.mark.parametrize("seed", [11])
def test_the_same_file_again_undoes_no_edit(seed, tmp_path):
    house = OrganisationFactory(kind="ACI", name="Chantier des Rives")
    actor = MembershipFactory(organisation=house, role=Role.MANAGER).as_actor()
    folder = write_bundle(tmp_path / "sent", files())

    def bring(**options):
        return import_bundle(actor=Actor.operator(), folder=folder, scope=Scope(house.pk), **options)

    assert bring().faults == []
    Interview.objects.update(author=actor.user_id)
    as_sent, hand, done = everything(), Hand(actor, random.Random(seed)), 0
    for _ in range(4 * EDITS):
        done += hand.edit()
        if done == EDITS:
            break
    assert done == EDITS
    edited = everything()
    assert (
        sum(
            left != right for name in edited for left, right in zip(edited[name], as_sent[name], strict=False)
        )
        > 100
    )

    report = bring()
    assert report.faults == []
    assert everything() == edited, "nothing typed here is lost"
    assert all(tally.unchanged == tally.read for tally in report.tallies.values())
    assert not any(change.is_taken for change in report.changes)
    assert {change.column for change in report.changes} >= {
        "telephone",
        "heures",
        "date_fin_prevue",
        TAKEN_BACK,
    }

    decided = {f"{change.file}:{change.line}:{change.column}": "ici" for change in report.changes}
    bring(decisions=decided)
    assert everything() == edited, "decided so"
