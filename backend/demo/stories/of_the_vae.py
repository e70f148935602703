"""A VAE at each stage of its file, among people whose stay is open: what silence made of it included."""

from __future__ import annotations

from itertools import zip_longest

from backend.demo.rows import Territory, VaeProject, VaeStep
from backend.demo.stories.storyteller import Teller
from competences.enums import VaeStepKind

K = VaeStepKind
CERTIFICATIONS = (
    "Titre professionnel Agent de propreté et d’hygiène",
    "Titre professionnel Ouvrier du paysage",
    "Titre professionnel Assistant de vie aux familles",
    "CAP Maraîchage inventé",
)
_ASKED = ((K.PLANNED, 340), (K.AGREED, 330))
_SENT = (*_ASKED, (K.FEASIBILITY_SENT, 300), (K.COMPLETE, 290))
_YES = (*_SENT, (K.ADMISSIBLE, 250), (K.PROGRESS, 215))
_FILED = (*_YES, (K.VALIDATION_SENT, 110))
_JUDGED = (*_FILED, (K.JURY, 75))
FILES: tuple[tuple[tuple[VaeStepKind, int], ...], ...] = (
    ((K.PLANNED, 12),),
    ((K.PLANNED, 33), (K.AGREED, 33), (K.REGISTERED, 21)),
    ((K.PLANNED, 47), (K.AGREED, 46), (K.ACCOMPANIED, 22)),
    ((K.PLANNED, 97), (K.AGREED, 96), (K.FEASIBILITY_SENT, 40)),
    ((K.PLANNED, 87), (K.AGREED, 86), (K.FEASIBILITY_SENT, 25), (K.INCOMPLETE, 14)),
    ((K.PLANNED, 87), (K.AGREED, 86), (K.FEASIBILITY_SENT, 44), (K.COMPLETE, 35)),
    ((K.PLANNED, 127), (K.AGREED, 126), (K.FEASIBILITY_SENT, 99), (K.COMPLETE, 85)),
    (*_ASKED, (K.FEASIBILITY_SENT, 230), (K.COMPLETE, 220), (K.ADMISSIBLE, 170)),
    (*_SENT, (K.NOT_ADMISSIBLE, 240)),
    (*_SENT, (K.ADMISSIBLE, 255)),
    (*_FILED, (K.VALIDATION_INCOMPLETE, 99)),
    (*_YES, (K.VALIDATION_SENT, 42), (K.JURY, 9)),
    _JUDGED,
    (*_JUDGED, (K.ABSENT, 45)),
    (*_JUDGED, (K.EXCUSED, 44)),
    (*_JUDGED, (K.PARTIAL, 38)),
    (*_JUDGED, (K.FULL, 37)),
    (*_JUDGED, (K.REFUSED, 36)),
    (*_JUDGED, (K.FULL, 36), (K.REVOKED, 20)),
    (*_SENT, (K.ADMISSIBLE, 200), (K.DROPPED, 90)),
)
"""What happened to each file, and how many days ago."""
JURY_AFTER = {9: 16}
"""Days from the summons to the jury: to come for the newest, else 30."""
_WORDS = {
    K.NOT_ADMISSIBLE: "Activités trop éloignées du référentiel sur un bloc. Conseil : une immersion de deux semaines.",
    K.PROGRESS: "Rendez-vous avec l’accompagnateur, prévu au dossier.",
}


def tell_vaes(teller: Teller) -> None:
    """One file each to people whose stay is under way, spread over the structures, always the same."""
    people = _under_way(teller.rows, teller)
    for rank, (person, told) in enumerate(zip(people, FILES, strict=False)):
        steps = tuple(_step(teller, kind, ago) for kind, ago in told)
        teller.rows.vae_projects.append(VaeProject(person, CERTIFICATIONS[rank % len(CERTIFICATIONS)], steps))


def _step(teller: Teller, kind: VaeStepKind, ago: int) -> VaeStep:
    on = teller.ago(ago)
    jury_on = teller.ago(ago - JURY_AFTER.get(ago, 30)) if kind is K.JURY else None
    blocs = "BC01, BC03" if kind is K.PARTIAL else ""
    return VaeStep(kind, on, jury_on=jury_on, blocs=blocs, details=_WORDS.get(kind, ""))


def _under_way(rows: Territory, teller: Teller) -> list[str]:
    """People of lives drawn by chance, whose stay began a while ago and goes on."""
    known = {each.person for each in rows.vae_projects}
    open_stays = [
        stay
        for stay in rows.stays
        if stay.end is None and stay.start <= teller.ago(30) and stay.person not in known
    ]
    by_structure: dict[str, list[str]] = {}
    for stay in open_stays:
        by_structure.setdefault(stay.structure, []).append(stay.person)
    turns = zip_longest(*by_structure.values())
    return [person for turn in turns for person in turn if person is not None]
