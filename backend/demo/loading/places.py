"""Groups, structures, teams, employers and the tasks seen at work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from backend.accounts.models import User
from backend.demo import rows as drawn
from backend.demo.loading.ids import Ids, bulk
from backend.organisations.models import Belonging, Convention, Group, Membership, Organisation
from competences.enums import LicenceKind
from employers.models import Employer, Establishment, TaskAnalysis, TaskRequirement, WorkTask

SINCE, SINCE_THE_MARKET = date(2019, 1, 1), date(2025, 4, 1)
"""When the structures of the territory entered their groups: long ago, and with a market won since."""

Code = Callable[[str, int], int | None]
"""From a trade and the rank of one of its competences to a competence of the base, None when it has none."""


def load_places(territory: drawn.Territory, ids: Ids) -> None:
    """Groups, structures and what each agreed with the State."""
    ids.store(
        "group",
        (row.id for row in territory.groups),
        [Group(name=row.name, kind=row.kind, external_id=row.id) for row in territory.groups],
        lasts=True,
    )
    ids.store(
        "structure",
        (row.id for row in territory.structures),
        [
            Organisation(
                name=row.name,
                kind=row.kind,
                siret=row.siret,
                insee_code=row.insee,
                department=row.postcode[:2],
                external_id=row.id,
            )
            for row in territory.structures
        ],
        lasts=True,
    )
    ties = [(row.id, row.group, SINCE) for row in territory.structures if row.group]
    ties += [(row.structure, row.group, SINCE_THE_MARKET) for row in territory.belongings]
    bulk(
        Belonging(organisation_id=ids("structure", structure), group_id=ids("group", group), joined_on=since)
        for structure, group, since in ties
    )
    bulk(
        Convention(
            organisation_id=ids("structure", row.structure),
            year=row.year,
            fte=Decimal(str(row.fte)),
            hours_per_fte=Decimal(row.hours_per_fte),
            dynamic_target=Decimal(str(row.dynamic_target)),
            durable_target=Decimal(str(row.durable_target)),
            annexe=row.annexe,
            post_amount=row.post_amount,
            modulated_share=None if row.modulated_share is None else Decimal(str(row.modulated_share)),
        )
        for row in territory.conventions
    )


def load_teams(territory: drawn.Territory, ids: Ids) -> None:
    """One account and one seat per permanent worker; nobody can sign in before a password is given."""
    closed = make_password(None)
    emails = {account.staff: account.email for account in territory.accounts if account.staff}
    ids.store(
        "staff",
        (row.id for row in territory.staff),
        [
            User(
                email=emails.get(row.id, f"{row.id}@equipe.example.org"),
                first_name=row.first_name,
                last_name=row.last_name,
                password=closed,
                address_proven_at=timezone.now(),
            )
            for row in territory.staff
        ],
        lasts=True,
    )
    bulk(
        Membership(
            user_id=ids("staff", row.id),
            role=row.role,
            organisation_id=ids("structure", row.structure),
        )
        for row in territory.staff
    )


def load_employers(territory: drawn.Territory, ids: Ids, competence: Code) -> None:
    """Employers, each in touch with one structure, their workplaces and the analyses done there."""
    hosts = [ids("structure", row.id) for row in territory.structures]
    ids.store(
        "employer",
        (row.id for row in territory.employers),
        [
            Employer(
                name=row.name,
                siret=row.siret,
                sector=row.sector,
                contact_name=row.contact_name,
                contact_phone=row.contact_phone,
                organisation_id=hosts[rank % len(hosts)],
            )
            for rank, row in enumerate(territory.employers)
        ],
        lasts=True,
    )
    ids.store(
        "establishment",
        (row.id for row in territory.establishments),
        [
            Establishment(
                employer_id=ids("employer", row.employer),
                name=row.name,
                commune=row.commune,
                x_km=Decimal(str(row.x_km)),
                y_km=Decimal(str(row.y_km)),
            )
            for row in territory.establishments
        ],
        lasts=True,
    )
    ids.store(
        "analysis",
        (row.id for row in territory.analyses),
        [
            TaskAnalysis(
                establishment_id=ids("establishment", row.establishment),
                title=row.title,
                observed_on=row.date,
                status=row.status,
            )
            for row in territory.analyses
        ],
        lasts=True,
    )
    _load_tasks(territory, ids, competence)


def _load_tasks(territory: drawn.Territory, ids: Ids, competence: Code) -> None:
    ids.store(
        "task", (row.id for row in territory.tasks), [_task(row, ids) for row in territory.tasks], lasts=True
    )
    wanted = {
        (ids("task", task.id), competence(each.rome_code, each.ordinal)): each.level
        for task in territory.tasks
        for each in task.requirements
    }
    bulk(
        TaskRequirement(task_id=task_id, competence_id=competence_id, level=level)
        for (task_id, competence_id), level in wanted.items()
        if competence_id is not None
    )


def _task(row: drawn.WorkTask, ids: Ids) -> WorkTask:
    return WorkTask(
        analysis_id=ids("analysis", row.analysis),
        name=row.name,
        family=row.family,
        weekly_hours=Decimal(str(round(sum(row.hours) / len(row.hours) * 2) / 2)),
        season_hours=list(row.hours),
        dayparts=list(row.dayparts),
        is_hard=row.hard,
        is_devalued=row.devalued,
        is_skill_building=row.skill_building,
        demands=list(row.demands),
        licences=[LicenceKind.CAR] if "conduite" in row.demands else [],
        rome_code=row.rome_code,
        hourly_cost=Decimal(str(row.hourly_cost)),
    )
