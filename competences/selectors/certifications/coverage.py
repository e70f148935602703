"""What a person has of a certification: proofs with who saw them, what is missing, and where it could be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from backend.core.actor import Actor
from backend.files.models import StoredFile
from backend.files.selectors import files_on
from competences.enums import ProofStatus, VaeScope, VaeStatus
from competences.models import (
    Assessment,
    Certification,
    CertificationTrade,
    Occupation,
    OccupationCompetence,
    VaeProject,
)
from competences.rules.certifications.coverage import (
    BlocAsked,
    BlocCoverage,
    Coverage,
    LineCoverage,
    Proof,
    bloc_tail,
    coverage,
)
from competences.rules.certifications.places import Places, places_for
from competences.selectors.certifications.catalogue import asked_by
from competences.selectors.vae import on_a_day, with_steps
from pathways.models import Beneficiary, Contract
from pathways.selectors.rule_book import read_book

MOST_NEAREST = 8


@dataclass(frozen=True, slots=True)
class Held:
    """What a person was seen doing: the newest reading of each competence at each status, and the rules' view of it."""

    readings: dict[tuple[int, str], Assessment] = field(default_factory=dict)

    @property
    def proofs(self) -> list[Proof]:
        """As the rules read them."""
        return [
            Proof(competence, ProofStatus(status), reading.level)
            for (competence, status), reading in self.readings.items()
        ]

    @property
    def competences(self) -> set[int]:
        """Competences with any reading at all."""
        return {competence for competence, _ in self.readings}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a bloc: what shows it, each status apart, with its evidence; where it could be shown when nothing does."""

    read: LineCoverage
    readings: tuple[Assessment, ...]
    files: dict[int, list[StoredFile]]
    places: Places
    own: tuple[str, ...]
    near: tuple[str, ...]
    elsewhere: tuple[str, ...]

    @property
    def evidence(self) -> list[tuple[Assessment, list[StoredFile]]]:
        """Each reading with the files that prove it."""
        return [(reading, self.files.get(reading.pk, [])) for reading in self.readings]

    @property
    def to_do(self) -> str:
        """What is still to be done for it to be proved."""
        if self.read.is_on_the_way:
            return "Faite avec aide : à montrer en autonomie."
        return "Dite par la personne : à observer." if self.read.is_declared_only else "À montrer."

    @property
    def where(self) -> str:
        """Which work, whose post or which training would show it."""
        if not self.read.asked.shown_by:
            return "Personne n’a encore dit ce qui la montre."
        if self.places.is_training:
            others = (
                f"Pas au travail d’ici : par une immersion ({', '.join(self.elsewhere)}) ou une formation."
            )
            return others if self.elsewhere else "Par une formation."
        own = f"À son poste : {', '.join(self.own)}." if self.own else ""
        near = f"Au poste d’un collègue : {', '.join(self.near)}." if self.near else ""
        return " ".join(filter(None, (own, near)))

    @property
    def statuses(self) -> list[str]:
        """« Observée », « Reconnue »: each apart, never added up."""
        return [status.label for status in ProofStatus if status in self.read.statuses]


@dataclass(frozen=True, slots=True)
class ShownBloc:
    """One bloc of a person's coverage."""

    read: BlocCoverage
    lines: tuple[ShownLine, ...]

    @property
    def by_status(self) -> list[tuple[str, int]]:
        """How many lines each status shows, in the order of the statuses."""
        return [(status.label, self.read.shown(status)) for status in ProofStatus]

    @property
    def proved(self) -> int:
        """How many lines somebody else than the person attests."""
        return len(self.read.lines) - len(self.read.missing)


@dataclass(frozen=True, slots=True)
class CoveredCertification:
    """A certification read for one person, on a day."""

    certification: Certification
    read: Coverage
    blocs: tuple[ShownBloc, ...]

    @property
    def by_status(self) -> list[tuple[str, int]]:
        """How many lines of all its blocs each status shows."""
        return [(status.label, self.read.shown(status)) for status in ProofStatus]

    @property
    def proved(self) -> int:
        """How many lines somebody else than the person attests."""
        return self.read.lines - self.read.remaining


def held_by(actor: Actor, person: Beneficiary) -> Held:
    """What this actor may read of what the person was seen doing, in one question."""
    found = Assessment.objects.visible_to(actor).filter(beneficiary=person)
    rows = found.select_related("competence", "observer", "organisation").order_by("assessed_on", "pk")
    return Held({(row.competence_id, row.status): row for row in rows})


def obtained_by(
    actor: Actor, person: Beneficiary, asked: dict[int, list[BlocAsked]], *, today: date
) -> set[int]:
    """Blocs that a jury gave: those of a partial result, all of them after a full one."""
    files = VaeProject.objects.visible_to(actor).filter(beneficiary=person, reference_id__in=list(asked))
    projects = list(with_steps(files))
    obtained: set[int] = set()
    if not projects:
        return obtained
    book = read_book()
    for project in projects:
        reference = project.reference
        if reference is None:
            continue
        day = on_a_day(project, today=today, book=book)
        told = {bloc_tail(code, reference.code) for code in day.reading.blocs}
        is_whole = day.reading.status == VaeStatus.FULL and project.scope == VaeScope.FULL
        obtained |= {
            bloc.key
            for bloc in asked[reference.pk]
            if is_whole or bloc_tail(bloc.code, reference.code) in told
        }
    return obtained


def covered(
    actor: Actor, person: Beneficiary, certification: Certification, *, today: date
) -> CoveredCertification:
    """One certification read for one person, within what this actor reads; a constant number of questions."""
    asked = asked_by([certification.pk])
    blocs = asked.get(certification.pk, [])
    held = held_by(actor, person)
    obtained = obtained_by(actor, person, asked, today=today) if blocs else set()
    read = coverage(blocs, held.proofs, obtained)
    readings = [reading for bloc in read.blocs for line in bloc.lines for reading in _readings(line, held)]
    files = files_on(actor, Assessment, {reading.pk: reading for reading in readings}.values())
    missing = {key for bloc in read.blocs for line in bloc.missing for key in line.asked.shown_by}
    where = _Where.of(actor, person, missing, today=today)
    return CoveredCertification(
        certification,
        read,
        tuple(
            ShownBloc(bloc, tuple(where.shown(line, _readings(line, held), files) for line in bloc.lines))
            for bloc in read.blocs
        ),
    )


def nearest(actor: Actor, person: Beneficiary, *, today: date) -> list[CoveredCertification]:
    """The certifications whose blocs were read and that the person's competences touch, the most proved first."""
    held = held_by(actor, person)
    touched = Certification.objects.current().filter(
        blocs__is_retired=False, blocs__lines__matches__competence__in=held.competences
    )
    rows = {row.pk: row for row in touched.distinct().prefetch_related("certifiers")}
    asked = asked_by(list(rows))
    obtained = obtained_by(actor, person, asked, today=today) if rows else set()
    proofs = held.proofs
    found = [
        CoveredCertification(rows[pk], (read := coverage(blocs, proofs, obtained)), _bare(read))
        for pk, blocs in asked.items()
    ]
    found.sort(
        key=lambda each: (-each.read.proved, -each.read.told, each.read.remaining, each.certification.label)
    )
    return found[:MOST_NEAREST]


def unread_of_the_trades(actor: Actor, person: Beneficiary) -> list[Certification]:
    """Certifications of the trades the person works in, open to the VAE as far as one knows, whose blocs nobody read yet."""
    codes = _own_trades(actor, person)
    if not codes:
        return []
    theirs = CertificationTrade.objects.filter(rome_code__in=codes).values("certification_id")
    rows = Certification.objects.current().filter(pk__in=theirs).exclude(is_by_vae=False)
    return list(rows.exclude(blocs__lines__isnull=False)[:MOST_NEAREST])


def _bare(read: Coverage) -> tuple[ShownBloc, ...]:
    return tuple(ShownBloc(bloc, ()) for bloc in read.blocs)


def _readings(line: LineCoverage, held: Held) -> tuple[Assessment, ...]:
    rows = [held.readings[proof.competence, proof.status] for proof in line.proofs]
    order = list(ProofStatus)
    return tuple(sorted(rows, key=lambda row: (-order.index(ProofStatus(row.status)), -row.level, row.pk)))


def _own_trades(actor: Actor, person: Beneficiary) -> set[str]:
    contracts = Contract.objects.visible_to(actor).filter(stay__beneficiary=person)
    return set(contracts.exclude(rome_code="").values_list("rome_code", flat=True))


@dataclass(frozen=True, slots=True)
class _Where:
    """Which trades ask for which competence, and which of them are worked here."""

    asked_by: dict[int, set[str]]
    labels: dict[str, str]
    own: set[str]
    near: set[str]

    @classmethod
    def of(cls, actor: Actor, person: Beneficiary, competences: Collection[int], *, today: date) -> _Where:
        """Three questions, whatever the number of lines; none when nothing is missing. Work is that of the day."""
        if not competences:
            return cls({}, {}, set(), set())
        cited: dict[int, set[str]] = defaultdict(set)
        links = OccupationCompetence.objects.filter(
            competence_id__in=competences, occupation__is_retired=False
        )
        for competence, code in links.values_list("competence_id", "occupation__rome_code"):
            cited[competence].add(code)
        working = Contract.objects.visible_to(actor).running_on(today).exclude(rome_code="")
        worked = set(working.values_list("stay__beneficiary_id", "rome_code").order_by().distinct())
        own = {code for who, code in worked if who == person.pk}
        near = {code for who, code in worked if who != person.pk}
        wanted = {code for codes in cited.values() for code in codes}
        labels = dict(Occupation.objects.filter(rome_code__in=wanted).values_list("rome_code", "label"))
        return cls(dict(cited), labels, own, near)

    def shown(
        self, line: LineCoverage, readings: tuple[Assessment, ...], files: dict[int, list[StoredFile]]
    ) -> ShownLine:
        """The line in words."""
        places = places_for(line.asked.shown_by, self.asked_by, own=self.own, near=self.near)
        return ShownLine(
            line,
            readings,
            {reading.pk: files.get(reading.pk, []) for reading in readings},
            places,
            self._words(places.own),
            self._words(places.near),
            self._words(places.elsewhere),
        )

    def _words(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.labels.get(code, code) for code in codes)
