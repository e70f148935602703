"""Invented employers, their workplaces and the task analyses done there."""

from __future__ import annotations

from datetime import date, timedelta

from backend.demo.chance.dice import Dice
from backend.demo.chance.names import commune, phone, siret, surname_and_first_name
from backend.demo.rows import Employer, Establishment, Requirement, TaskAnalysis, Territory, WorkTask
from backend.demo.work_templates import SECTORS, TASKS, TaskTemplate
from employers.enums import AnalysisStatus

FIRST_CONTACT = 55_000
FIRST_EMPLOYER_SIRET = 40_000  # structures come before, so that no two numbers meet
ANALYSED = 0.2  # share of employers where a day of immersion was done
HOUSES = {
    "Boulangerie": "Fournil",
    "Restauration collective": "Cantine",
    "Hébergement de personnes âgées": "Résidence",
    "Arboriculture": "Vergers",
    "Commerce": "Épicerie",
    "Hôtellerie": "Auberge",
    "Collectivité": "Mairie",
    "Logistique": "Entrepôt",
}


def add_employers(rows: Territory, *, count: int, seed: int, today: date) -> None:
    """Add employers with a workplace each, and analyses for about one in five."""
    for index in range(count):
        dice = Dice(seed, "employer", index)
        sector, place = SECTORS[index % len(SECTORS)], commune(index * 7 + index // len(SECTORS))
        employer = Employer(
            f"e{index:05d}", f"{HOUSES[sector]} de {place.name}", sector, *contact(index), siret(FIRST_EMPLOYER_SIRET + index),
            place.name, place.postcode, place.insee,
        )  # fmt: skip
        site = Establishment(f"{employer.id}-1", employer.id, employer.name, place.name,
                             round(dice.real(-18, 18), 1), round(dice.real(-18, 18), 1))  # fmt: skip
        rows.employers.append(employer)
        rows.establishments.append(site)
        if dice.chance(ANALYSED):
            add_analysis(rows, site, sector, today - timedelta(days=dice.whole(20, 700)))


def contact(rank: int) -> tuple[str, str]:
    """Whom to ask for at the employer of this rank: a name and a telephone number of fiction."""
    last, first = surname_and_first_name(FIRST_CONTACT + rank, "M" if rank % 3 else "F", many=True)
    return f"{first} {last}", phone(FIRST_CONTACT + rank)


def add_analysis(rows: Territory, site: Establishment, sector: str, on: date,
                 status: AnalysisStatus = AnalysisStatus.RETURNED) -> TaskAnalysis:  # fmt: skip
    """Add the analysis of a workplace with the tasks of its sector."""
    title = f"Immersion d’une journée : {site.name}"
    analysis = TaskAnalysis(f"{site.id}-a", site.id, on, title, status)
    rows.analyses.append(analysis)
    rows.tasks += [_work_task(analysis, rank, task) for rank, task in enumerate(TASKS[sector], start=1)]
    return analysis


def _work_task(analysis: TaskAnalysis, rank: int, task: TaskTemplate) -> WorkTask:
    return WorkTask(
        id=f"{analysis.id}{rank}",
        analysis=analysis.id,
        name=task.name,
        family=task.family,
        hours=task.hours,
        dayparts=tuple(task.dayparts),
        hard="h" in task.flags,
        devalued="d" in task.flags,
        skill_building="s" in task.flags,
        rome_code=task.rome_code,
        requirements=tuple(Requirement(task.rome_code, *each) for each in task.levels.items()),
        demands=task.demands,
        hourly_cost=task.hourly_cost,
    )
