"""Stories of people who enter: what is missing for this structure, and a diagnosis that will lapse before a PASS comes."""

from __future__ import annotations

from backend.demo.rows import Diagnosis, Profile
from backend.demo.stories.storyteller import KNOWN, Teller
from pathways.enums import BarrierTheme, Criterion, DiagnosedBy, InterviewKind


def tell_awa(teller: Teller) -> None:
    """Awa Fictive: met by the temporary work structure nine days ago; one criterion of level 2, another one is missing."""
    cast = teller.cast
    profile = Profile(**KNOWN, brsa=False, detld=False, deld=False, rqth=False, qpv=True, zrr=False)
    awa = teller.person("awa", 31, "Awa", "Fictive", "F", 34, "40", profile, cast.advisors[cast.etti])
    stay = teller.stay(awa, cast.etti, teller.workday(9))
    met = stay.start
    teller.rows.diagnoses.append(
        Diagnosis(stay.id, DiagnosedBy.EMPLOYER, met, (Criterion.QPV,), {Criterion.QPV: teller.workday(40)})
    )
    teller.talk(
        stay, met, InterviewKind.WELCOME, (BarrierTheme.PROJECT,),
        "Premier entretien : cherche des missions de propreté. Attestation de la CAF à apporter, elle élève seule son fils.",
        minutes=50,
    )  # fmt: skip


def tell_firmin(teller: Teller) -> None:
    """Firmin Inventé: waits for a post; his diagnosis lapses in twelve days, one of its documents is too old."""
    cast = teller.cast
    profile = Profile(**KNOWN, brsa=True, detld=False, deld=True, rqth=False, qpv=False, zrr=True)
    firmin = teller.person("firmin", 32, "Firmin", "Inventé", "M", 45, "70", profile, cast.advisors[cast.aci])
    stay = teller.stay(firmin, cast.aci, teller.ago(79))
    teller.rows.diagnoses.append(
        Diagnosis(
            stay.id, DiagnosedBy.EMPLOYER, teller.ago(79), (Criterion.RSA, Criterion.CAP_BEP, Criterion.DELD),
            {Criterion.RSA: teller.ago(120), Criterion.DELD: teller.ago(82)},
        )
    )  # fmt: skip
    teller.talk(
        stay, teller.workday(73), InterviewKind.WELCOME, (BarrierTheme.RIGHTS,),
        "Accueil : éligible par le RSA. Une place se libère au printemps ; refaire le point avant.", minutes=45,
    )  # fmt: skip
