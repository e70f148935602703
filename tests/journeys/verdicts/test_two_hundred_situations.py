"""R01 to R41 at four doors: what a team types, sends by the API, brings by a workbook or has the operator bring, judged alike.

Every situation is played by somebody of their own at each door, all of them on one base: what the API refuses of each
input, the screen shows and the files say, and whatever one door lets in, all do.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from backend.core.actor import Actor, Role
from backend.exchange.report import Severity
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from pathways.models import Beneficiary, Contract, IaePass, Stay
from tests.backend.exchange.whole import write_bundle
from tests.factories import MembershipFactory, OrganisationFactory
from tests.journeys.hostile_facts import Row
from tests.journeys.test_same_verdict_by_every_door import API, as_a_file_says
from tests.journeys.typed_facts import BY_API, BY_SCREEN, Known
from tests.journeys.verdicts.situations import SITUATIONS, Situation
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
DOORS = ("screen", "api", "workbook", "operator")
IDS = {"id", "salarie_id", "contrat_id", "contrat_initial_id"}
KINDS = sorted({each.kind for each in SITUATIONS})
Lines = dict[str, list[Row]]


def own(row: Row, number: int, door: int, mark: str = "") -> Row:
    """A line of the situation as somebody's own: their ids, and the number of their PASS."""
    said = {key: f"{mark}{number}-{cell}" if key in IDS and cell else cell for key, cell in row.items()}
    if "numero" in row:
        said["numero"] = f"{door}{number:05d}{row['numero'][-6:]}"
    return said


@dataclass
class Door:
    """One door: a structure of each kind, its manager, the people of its situations."""

    rank: int
    folder: object

    def __post_init__(self) -> None:
        self.seats = {
            kind: MembershipFactory(
                role=Role.MANAGER,
                organisation=OrganisationFactory(kind=kind, external_id=f"{kind}{self.rank}"),
            )
            for kind in KINDS
        }
        for kind, lines in self.lines(lambda each: each.before | {"salaries": [self.person(each)]}).items():
            assert self.send(kind, lines, "before").faults == []

    @staticmethod
    def person(situation: Situation) -> Row:
        number = SITUATIONS.index(situation)
        return {"id": "p1", "nom": f"Fictive{number}", "prenom": "Solange", "date_naissance": situation.born}

    def lines(self, said) -> dict[str, Lines]:
        """What the situations of each kind of structure say, in one file each."""
        found: dict[str, Lines] = {kind: defaultdict(list) for kind in KINDS}
        for number, each in enumerate(SITUATIONS):
            for name, rows in said(each).items():
                found[each.kind][name] += [own(row, number, self.rank) for row in rows]
        return found

    def send(self, kind: str, lines: Lines, moment: str, *, mark: str = "", scope: bool = True):
        place = self.seats[kind].organisation
        files = {
            f"{name}.csv": [with_place(row, name, mark, place.external_id) for row in rows]
            for name, rows in lines.items()
        }
        if not scope:
            files["structures.csv"] = [{"id": place.external_id, "nom": place.name, "type": kind}]
        folder = write_bundle(self.folder / f"{self.rank}-{kind}-{moment}", files)
        actor = self.seats[kind].as_actor() if scope else Actor.operator()
        return import_bundle(actor=actor, folder=folder, scope=Scope(place.pk) if scope else None)

    def known(self, number: int) -> Known:
        """The person of a situation, and what a line of theirs speaks of."""
        place = self.seats[SITUATIONS[number].kind].organisation_id
        mark = f"{Scope(place).prefix}{number}-"
        stay = Stay.objects.get(beneficiary__external_id=f"{mark}p1")
        first = Contract.objects.filter(stay=stay).order_by("started_on").first()
        iae = IaePass.objects.filter(beneficiary_id=stay.beneficiary_id).order_by("-starts_on").first()
        return Known(stay.beneficiary_id, stay.pk, first.pk if first else 0, iae.pk if iae else 0)


def with_place(row: Row, name: str, mark: str, place: str) -> Row:
    """As the base keeps the ids of a structure, when the operator brings its lines."""
    if not mark:
        return row
    marked = {key: f"{mark}{cell}" if key in IDS and cell else cell for key, cell in row.items()}
    return marked if name in {"salaries", "heures", "pass"} else marked | {"structure_id": place}


def by_file(door: Door, *, scope: bool) -> dict[int, tuple[bool, set[str]]]:
    """What a file says of each situation: whether anything refuses it or keeps it with a réserve, and its sentences."""
    found: dict[int, tuple[bool, set[str]]] = {}
    for kind in KINDS:
        numbers = defaultdict(list)
        for number, each in enumerate(SITUATIONS):
            if each.kind == kind:
                numbers[each.file].append(number)
        mark = "" if scope else Scope(door.seats[kind].organisation_id).prefix
        lines = {
            name: [own(SITUATIONS[number].line, number, door.rank) for number in those]
            for name, those in numbers.items()
        }
        present = door.lines(lambda each: {"salaries": [door.person(each)]} | contracts_before(each))[kind]
        sent = present | {name: [*present.get(name, []), *rows] for name, rows in lines.items()}
        report = door.send(kind, sent, "after", mark=mark, scope=scope)
        said = defaultdict(set)
        for fault in (*report.faults, *report.notices):
            if fault.severity is not Severity.NOTICE:
                said[fault.file, fault.line].add(f"{fault.problem} {fault.what_to_do}")
        for name, those in numbers.items():
            skipped = len(present.get(name, []))
            for rank, number in enumerate(those):
                words = said[f"{name}.csv", skipped + rank + 2]
                found[number] = bool(words), words
    return found


def contracts_before(situation: Situation) -> Lines:
    """The contract a renewal names comes with it; others would be told twice for nothing."""
    return {"contrats": situation.before["contrats"]}


def by_the_api(door: Door) -> dict[int, tuple[bool, list[Row]]]:
    clients = {kind: sign_in(Client(), seat.user, seat=seat.seat_key) for kind, seat in door.seats.items()}
    found = {}
    for number, each in enumerate(SITUATIONS):
        path, body = BY_API[each.file](own(each.line, number, door.rank), door.known(number))
        answer = clients[each.kind].post(f"{API}{path}", json.dumps(body), "application/json")
        assert answer.status_code in {201, 200, 400}, (each.name, answer.status_code, answer.content)
        refused = answer.status_code == 400
        said = answer.json()
        found[number] = refused, (said.get("errors") or [said]) if refused else []
    return found


def by_the_screen(door: Door) -> dict[int, tuple[bool, str]]:
    clients = {kind: sign_in(Client(), seat.user, seat=seat.seat_key) for kind, seat in door.seats.items()}
    found = {}
    for number, each in enumerate(SITUATIONS):
        path, typed = BY_SCREEN[each.file](own(each.line, number, door.rank), door.known(number))
        answer = clients[each.kind].post(path, typed)
        assert answer.status_code in {302, 422}, (each.name, answer.status_code)
        found[number] = answer.status_code == 422, text_of(answer) if answer.status_code == 422 else ""
    return found


def test_four_doors_judge_three_hundred_situations_alike(tmp_path):
    assert len(SITUATIONS) >= 200
    with time_machine.travel("2026-11-26T10:00:00+01:00", tick=False):
        screen, api, workbook, operator = (Door(rank, tmp_path) for rank, _ in enumerate(DOORS, start=1))
        assert Beneficiary.objects.count() == len(DOORS) * len(SITUATIONS)
        told, shown = by_the_api(api), by_the_screen(screen)
        sent, brought = by_file(workbook, scope=True), by_file(operator, scope=False)
    wrong = []
    for number, each in enumerate(SITUATIONS):
        refused, errors = told[number]
        codes = {error["code"] for error in errors}
        if (each.code in codes) is not each.is_refused:
            wrong.append((each.name, "api", each.code, each.is_refused, codes))
        if not refused == shown[number][0] == sent[number][0] == brought[number][0]:
            wrong.append((each.name, "let in", refused, shown[number][0], sent[number], brought[number]))
        for error in errors:
            if each.is_offered and error["detail"] not in shown[number][1]:
                wrong.append((each.name, "screen", error["detail"]))
            for words in (sent[number][1], brought[number][1]):
                if as_a_file_says(error) not in words:
                    wrong.append((each.name, "file", as_a_file_says(error), words))
    assert not wrong, "\n".join(str(each) for each in wrong)
