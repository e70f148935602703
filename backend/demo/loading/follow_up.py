"""What teams recorded along the way: interviews, freins, goals, competences, VAE."""

from __future__ import annotations

from backend.demo import rows as drawn
from backend.demo.loading.ids import Ids, bulk
from backend.demo.loading.places import Code
from competences.enums import VaeStatus
from competences.models import Assessment, Licence, VaeProject
from competences.rules.vae import next_deadline
from pathways.enums import (
    AppointmentStatus,
    BarrierImpact,
    BarrierTheme,
    InterviewKind,
    InterviewMode,
    ProgressStatus,
    Topic,
)
from pathways.models import Action, Appointment, BarrierReading, Goal, Interview, PrivateNote

_INTERVIEW_KIND = {
    "WELCOME": InterviewKind.WELCOME,
    "FOLLOW_UP": InterviewKind.FOLLOW_UP,
    "REVIEW": InterviewKind.REVIEW,
    "TRIPARTITE": InterviewKind.TRIPARTITE,
    "EXIT": InterviewKind.FINAL_REVIEW,
    "POST_HIRE": InterviewKind.POST_HIRE,
}
_MODE = {
    "IN_PERSON": InterviewMode.IN_PERSON,
    "PHONE": InterviewMode.PHONE,
    "VIDEO": InterviewMode.VIDEO,
    "ON_SITE": InterviewMode.ON_SITE,
}
_THEME = {
    "MOBILITY": BarrierTheme.MOBILITY,
    "HOUSING": BarrierTheme.HOUSING,
    "HEALTH": BarrierTheme.HEALTH,
    "ADDICTION": BarrierTheme.ADDICTION,
    "FAMILY": BarrierTheme.FAMILY,
    "LANGUAGE": BarrierTheme.LANGUAGE,
    "DIGITAL": BarrierTheme.DIGITAL,
    "FINANCES": BarrierTheme.MONEY,
    "RIGHTS": BarrierTheme.RIGHTS,
    "JUSTICE": BarrierTheme.JUSTICE,
    "CONFIDENCE": BarrierTheme.CONFIDENCE,
    "PROJECT": BarrierTheme.PROJECT,
}
_TOPIC = {
    "MOBILITY": Topic.MOBILITY,
    "HOUSING": Topic.HOUSING,
    "FAMILY": Topic.FAMILY,
    "RIGHTS": Topic.RIGHTS,
    "FINANCES": Topic.RIGHTS,
    "LANGUAGE": Topic.TRAINING,
    "DIGITAL": Topic.TRAINING,
    "PROJECT": Topic.PROJECT,
}
_IMPACT = {"FAIBLE": BarrierImpact.LOW, "MOYEN": BarrierImpact.MEDIUM, "FORT": BarrierImpact.HIGH}
_PROGRESS = {"OPEN": ProgressStatus.DOING, "DONE": ProgressStatus.DONE, "DROPPED": ProgressStatus.DROPPED}
_APPOINTMENT = {
    "PLANNED": AppointmentStatus.PLANNED,
    "HELD": AppointmentStatus.HELD,
    "MISSED": AppointmentStatus.MISSED,
}
_VAE = {
    "inscription": VaeStatus.REGISTERED,
    "accompagnement_aap": VaeStatus.REGISTERED,
    "recevabilite_deposee": VaeStatus.FEASIBILITY_SENT,
    "recevable": VaeStatus.ADMISSIBLE,
    "dossier_validation_en_cours": VaeStatus.ADMISSIBLE,
    "dossier_depose": VaeStatus.VALIDATION_SENT,
    "jury_programme": VaeStatus.JURY,
}


def load_follow_up(territory: drawn.Territory, ids: Ids, home: dict[str, int]) -> None:
    """`home` gives the structure of each advisor, where what they wrote belongs."""
    noted = [row for row in territory.interviews if row.private_note]
    ids.store(
        "interview",
        (row.id for row in territory.interviews),
        [_interview(row, ids) for row in territory.interviews],
    )
    bulk(
        PrivateNote(
            interview_id=ids("interview", row.id),
            author_id=ids("staff", row.advisor),
            text=row.private_note or "",
        )
        for row in noted
    )
    bulk(
        BarrierReading(
            beneficiary_id=ids("person", row.person),
            organisation_id=home[row.advisor],
            theme=_THEME[row.theme.value],
            impact=BarrierImpact.LIFTED if row.status.value == "CLOTUREE" else _IMPACT[row.impact.value],
            read_on=row.date,
        )
        for row in territory.barriers
        if row.status.value == "CLOTUREE" or row.impact.value in _IMPACT
    )
    _load_goals(territory, ids, home)
    bulk(
        Appointment(
            beneficiary_id=ids("person", row.person),
            organisation_id=home[row.advisor],
            advisor_id=ids("staff", row.advisor),
            starts_at=row.at,
            purpose=row.purpose,
            status=_APPOINTMENT[row.status.value],
        )
        for row in territory.appointments
    )


def _interview(row: drawn.Interview, ids: Ids) -> Interview:
    return Interview(
        beneficiary_id=ids("person", row.person),
        organisation_id=ids("structure", row.structure),
        author_id=ids("staff", row.advisor),
        happened_at=row.at,
        kind=_INTERVIEW_KIND[row.kind.value],
        mode=_MODE[row.mode.value],
        duration_minutes=row.duration,
        topics=sorted({_TOPIC[theme.value].value for theme in row.topics if theme.value in _TOPIC}),
        synthesis=row.synthesis,
    )


def _load_goals(territory: drawn.Territory, ids: Ids, home: dict[str, int]) -> None:
    ids.store(
        "goal",
        (row.id for row in territory.goals),
        [
            Goal(
                beneficiary_id=ids("person", row.person),
                organisation_id=home[row.advisor],
                label=row.title,
                status=_PROGRESS[row.status.value],
                dropped_because="Le projet a changé." if row.status.value == "DROPPED" else "",
            )
            for row in territory.goals
        ],
    )
    advisors = {row.id: row.advisor for row in territory.goals}
    bulk(
        Action(
            beneficiary_id=ids("person", row.person),
            organisation_id=home[advisors[row.goal]],
            goal_id=ids("goal", row.goal),
            assignee_id=ids("staff", advisors[row.goal]),
            label=row.title,
            due_on=row.due,
            status=ProgressStatus.TO_DO if row.status.value == "OPEN" else _PROGRESS[row.status.value],
        )
        for row in territory.actions
    )


def load_competences(territory: drawn.Territory, ids: Ids, competence: Code, home: dict[str, int]) -> None:
    """What was seen at work, each reading once per day and observer; habilitations; VAE."""
    seen: dict[tuple[object, ...], Assessment] = {}
    for row in territory.assessments:
        competence_id = competence(row.rome_code, row.ordinal)
        if competence_id is None:
            continue
        key = (row.person, competence_id, row.date, row.status.value, row.observer_name)
        seen[key] = Assessment(
            beneficiary_id=ids("person", row.person),
            competence_id=competence_id,
            level=row.level,
            status=row.status.value,
            observer_id=ids.or_none("staff", row.observer),
            observer_name=row.observer_name,
            organisation_id=home.get(row.observer or ""),
            context=row.context,
            assessed_on=row.date,
        )
    bulk(seen.values())
    bulk(
        Licence(
            beneficiary_id=ids("person", row.person),
            label=row.label,
            obtained_on=row.obtained,
            expires_on=row.expires,
        )
        for row in territory.licences
    )
    _load_vae(territory, ids)


def _load_vae(territory: drawn.Territory, ids: Ids) -> None:
    """The newest stage of each file is where it stands."""
    files = {(row.person, row.certification): row for row in territory.vae_stages}
    bulk(
        VaeProject(
            beneficiary_id=ids("person", row.person),
            certification=row.certification,
            status=_VAE[row.stage],
            reached_on=row.date,
            next_due_on=next_deadline(_VAE[row.stage], reached_on=row.date),
        )
        for row in files.values()
    )
