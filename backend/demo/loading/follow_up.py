"""What teams recorded along the way: interviews, freins, goals, competences, VAE."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from backend.core.values.text import normalise
from backend.demo import rows as drawn
from backend.demo.chance.calendar_tools import at_clock
from backend.demo.loading.ids import Ids, bulk
from backend.demo.loading.places import Code
from competences.models import (
    Assessment,
    Bloc,
    BlocLine,
    Certification,
    Certifier,
    Competence,
    Licence,
    LineMatch,
    VaeProject,
    VaeStep,
)
from competences.selectors.vae import settle
from pathways.enums import BarrierTheme, ProgressStatus, Topic
from pathways.models import (
    Action,
    Appointment,
    BarrierReading,
    Goal,
    HoursWish,
    Immersion,
    Interview,
    MedicalVisit,
    PrivateNote,
    Relay,
    RelayStep,
    SavedDays,
    Training,
)
from pathways.rules.relays.table import parts_text
from pathways.selectors.rule_book import read_book
from pathways.services.rights.visits import as_kept
from pathways.services.wishes import in_order

_TOPIC = {
    BarrierTheme.MOBILITY: Topic.MOBILITY,
    BarrierTheme.HOUSING: Topic.HOUSING,
    BarrierTheme.FAMILY: Topic.FAMILY,
    BarrierTheme.RIGHTS: Topic.RIGHTS,
    BarrierTheme.MONEY: Topic.RIGHTS,
    BarrierTheme.LANGUAGE: Topic.TRAINING,
    BarrierTheme.DIGITAL: Topic.TRAINING,
    BarrierTheme.PROJECT: Topic.PROJECT,
}
"""The chip an adviser would tick for a frein; none for what is too personal for a chip."""


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
            theme=row.theme,
            impact=row.impact,
            read_on=row.date,
        )
        for row in territory.barriers
    )
    _load_goals(territory, ids, home)
    bulk(
        Appointment(
            beneficiary_id=ids("person", row.person),
            organisation_id=home[row.advisor],
            advisor_id=ids("staff", row.advisor),
            starts_at=row.at,
            purpose=row.purpose,
            status=row.status,
        )
        for row in territory.appointments
    )


def load_immersions(territory: drawn.Territory, ids: Ids) -> None:
    """Immersions; a renewal comes after the one it renews."""
    host = {row.id: row for row in territory.employers}
    kept: dict[str, Immersion] = {}
    for row in territory.immersions:
        where = host[row.host]
        kept[row.id] = Immersion(
            beneficiary_id=ids("person", row.person),
            organisation_id=ids("structure", row.structure),
            prescriber=row.prescriber,
            host_name=where.name,
            host_town=where.commune,
            host_siret=where.siret,
            tutor_name=row.tutor,
            purpose=row.purpose,
            objectives=row.objectives,
            started_on=row.start,
            planned_end_on=row.planned_end,
            ended_on=row.end,
            hours=row.hours,
            renews=kept[row.renews] if row.renews else None,
            reviewed_on=row.reviewed,
            tutor_review=row.tutor_review,
            person_review=row.person_review,
        )
    bulk(row for row in kept.values() if row.renews is None)
    bulk(row for row in kept.values() if row.renews is not None)


def load_trainings(territory: drawn.Territory, ids: Ids) -> None:
    """Trainings, told or not."""
    bulk(
        Training(
            beneficiary_id=ids("person", row.person),
            organisation_id=ids("structure", row.structure),
            title=row.title,
            provider=row.provider,
            kind=row.kind,
            certification_code=row.certification,
            licence=row.licence,
            funder=row.funder,
            time=row.time,
            decided_by=row.decided_by,
            started_on=row.start,
            planned_end_on=row.planned_end,
            planned_days=row.days,
            planned_hours=row.hours,
            ended_on=row.end,
            done_days=row.done_days,
            done_hours=row.done_hours,
            outcome=row.outcome or "",
            stop_reason=row.stop_reason or "",
            certified_on=row.certified,
        )
        for row in territory.trainings
    )


def load_wishes(territory: drawn.Territory, ids: Ids) -> None:
    """Hours wanted."""
    bulk(
        HoursWish(
            beneficiary_id=ids("person", row.person),
            organisation_id=ids("structure", row.structure) if row.structure else None,
            voice=row.voice,
            starts_on=row.start,
            weekly_hours=Decimal(str(row.weekly)),
            moments=in_order(row.moments),
            limit=row.limit or "",
        )
        for row in territory.wishes
    )


def load_rights(territory: drawn.Territory, ids: Ids) -> None:
    """What follows people elsewhere: medical visits, days saved."""
    bulk(
        MedicalVisit(
            beneficiary_id=ids("person", row.person),
            organisation_id=ids("structure", row.structure),
            kind=row.kind,
            made_on=row.made,
            rhythm=row.rhythm,
            paper=row.paper,
            service=row.service,
            jobs=as_kept(row.jobs),
            due_on=row.due,
        )
        for row in territory.visits
    )
    bulk(
        SavedDays(
            beneficiary_id=ids("person", row.person),
            organisation_id=ids("structure", row.structure),
            kind=row.kind,
            days=Decimal(str(row.days)),
            counted_on=row.counted,
            fate=row.fate,
        )
        for row in territory.saved_days
    )


def load_relays(territory: drawn.Territory, ids: Ids) -> None:
    """Relays to another structure, then what is left to do before their welcome."""
    relays = [_relay(row, ids) for row in territory.relays]
    bulk(relays)
    bulk(
        RelayStep(
            relay=relay,
            subject=step.subject,
            label=step.label,
            hand=step.hand,
            due_on=step.due,
            done_on=step.done,
        )
        for relay, row in zip(relays, territory.relays, strict=True)
        for step in row.steps
    )


def _relay(row: drawn.Relay, ids: Ids) -> Relay:
    return Relay(
        beneficiary_id=ids("person", row.person),
        organisation_id=ids("structure", row.structure),
        receiver_id=ids.or_none("structure", row.target),
        to_email=row.to_email,
        status=row.status,
        moved_on=row.moved,
        expires_on=row.expires,
        meets_at=at_clock(row.meets, 10),
        meets_where="locaux de la structure qui accueille",
        planned_on=row.planned,
        message=row.message,
        parts=parts_text(row.parts),
        agreed_on=row.agreed,
        agreed_with_id=ids.or_none("staff", row.agreed_with),
        refusal_reason=row.refusal or "",
        cancelled_at=timezone.now() if row.cancel_reason else None,
        cancel_reason=row.cancel_reason,
        met_on=row.met,
        stay_id=ids.or_none("stay", row.opened),
        holds=row.opened is not None,
    )


def _interview(row: drawn.Interview, ids: Ids) -> Interview:
    return Interview(
        beneficiary_id=ids("person", row.person),
        organisation_id=ids("structure", row.structure),
        author_id=ids("staff", row.advisor),
        happened_at=row.at,
        kind=row.kind,
        mode=row.mode,
        duration_minutes=row.duration,
        topics=sorted({_TOPIC[theme].value for theme in row.topics if theme in _TOPIC}),
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
                status=row.status,
                dropped_because="Le projet a changé." if row.status is ProgressStatus.DROPPED else "",
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
            status=row.status,
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
        key = (row.person, competence_id, row.date, row.status, row.observer_name)
        seen[key] = Assessment(
            beneficiary_id=ids("person", row.person),
            competence_id=competence_id,
            level=row.level,
            status=row.status,
            observer_id=ids.or_none("staff", row.observer),
            observer_name=row.observer_name,
            organisation_id=home.get(row.observer or ""),
            context=row.context,
            comment=row.comment,
            assessed_on=row.date,
        )
    bulk(seen.values())
    bulk(
        Licence(
            beneficiary_id=ids("person", row.person),
            kind=row.kind,
            label=row.label,
            obtained_on=row.obtained,
            expires_on=row.expires,
        )
        for row in territory.licences
    )
    _load_certifications(territory, competence)
    _load_vae(territory, ids)


def _load_certifications(territory: drawn.Territory, competence: Code) -> None:
    """Each with its blocs; a line is said in the words of the competence that shows it."""
    numbers = {
        number
        for row in territory.certifications
        for bloc in row.blocs
        for line in bloc.lines
        if (number := competence(*line)) is not None
    }
    words = dict(Competence.objects.filter(pk__in=numbers).values_list("pk", "label"))
    for row in territory.certifications:
        made = Certification.objects.create(
            label=row.label, level=row.level, is_by_vae=True, search_label=normalise(row.label)
        )
        Certifier.objects.create(certification=made, name=row.certifier)
        for each in row.blocs:
            bloc = Bloc.objects.create(
                certification=made, code=each.code, label=each.label, content=each.content
            )
            shown = dict.fromkeys(number for line in each.lines if (number := competence(*line)) is not None)
            for position, number in enumerate(shown, start=1):
                line = BlocLine.objects.create(bloc=bloc, position=position, text=words[number])
                LineMatch.objects.create(line=line, competence_id=number)


def _load_vae(territory: drawn.Territory, ids: Ids) -> None:
    book, today = read_book(), timezone.localdate()
    projects, steps = [], []
    known = dict(Certification.objects.values_list("label", "pk"))
    for row in territory.vae_projects:
        project = VaeProject(
            beneficiary_id=ids("person", row.person),
            certification=row.certification,
            reference_id=known.get(row.certification),
            reached_on=row.steps[-1].on,
        )
        own = [
            VaeStep(
                project=project,
                kind=step.kind,
                on=step.on,
                jury_on=step.jury_on,
                blocs=step.blocs,
                details=step.details,
            )
            for step in row.steps
        ]
        settle(project, own, today=today, book=book)
        projects.append(project)
        steps += own
    bulk(projects)
    bulk(steps)
