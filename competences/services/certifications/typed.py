"""A certification typed once by a structure, and shared: where no import gave it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from competences.enums import CertificationOrigin
from competences.models import Bloc, Certification, Certifier
from competences.permissions import may_correct_certification, may_keep_certifications
from competences.rncp.values import code_of
from competences.rules.certifications.coverage import bloc_tail
from competences.rules.certifications.writing import code_findings, end_findings, origin_findings
from competences.services.certifications.register import search_label

_NOT_YOURS = "Seuls l’accompagnement et le responsable saisissent une certification."
_THEIRS = "Seule la structure qui a saisi cette certification la corrige."
_SAID = ("label", "level", "is_by_vae", "ends_on", "is_retired")
_SAID_OF_A_BLOC = ("code", "label", "content", "is_retired")


@transaction.atomic
def type_certification(*, actor: Actor, label: str, certifier: str = "", **said: Any) -> Certification:
    """Write down a certification that no import gave; every structure then finds it."""
    ensure(may_keep_certifications(actor), "not_yours", _NOT_YOURS)
    certification = Certification(
        organisation_id=actor.organisation_id, origin=CertificationOrigin.TYPED, label=label
    )
    _say(certification, certifier, **said)
    trail.record(actor, "certification.typed", certification)
    return certification


@transaction.atomic
def correct_certification(
    *, actor: Actor, certification: Certification, version: int, **said: Any
) -> Certification:
    """Say it again as it is, or that it is proposed no more: only the structure that typed it."""
    certification = _locked(actor, certification)
    steps.check_version(certification, version)
    known = ", ".join(certification.certifiers.values_list("name", flat=True))
    _say(certification, said.pop("certifier", known), **said)
    trail.record(actor, "certification.corrected", certification)
    return certification


@transaction.atomic
def type_bloc(*, actor: Actor, certification: Certification, **said: Any) -> Bloc:
    """Add a bloc to a certification that one's structure typed."""
    certification = _locked(actor, certification)
    bloc = Bloc(certification=certification)
    _say_bloc(bloc, **said)
    trail.record(actor, "bloc.typed", bloc)
    return bloc


@transaction.atomic
def correct_bloc(*, actor: Actor, bloc: Bloc, version: int, **said: Any) -> Bloc:
    """Say a typed bloc again; what was accepted of it stays until somebody accepts its list anew."""
    bloc = steps.lock(actor, bloc)
    _locked(actor, bloc.certification)
    steps.check_version(bloc, version)
    _say_bloc(bloc, **said)
    trail.record(actor, "bloc.corrected", bloc)
    return bloc


def _locked(actor: Actor, certification: Certification) -> Certification:
    certification = steps.lock(actor, certification)
    raise_refusals(origin_findings(is_of_register=certification.origin == CertificationOrigin.REGISTER))
    ensure(may_correct_certification(actor, certification), "not_yours", _THEIRS)
    return certification


def _say(certification: Certification, certifier: str, **said: Any) -> None:
    code = said.pop("code", certification.code).strip()
    raise_refusals(code_findings(code))
    steps.write(certification, said, _SAID)
    raise_refusals(end_findings(certification.ends_on, today=timezone.localdate()))
    certification.code = code_of(code) or ""
    certification.label = " ".join(certification.label.split())
    certification.search_label = search_label(certification.code, certification.label)
    steps.save(certification)
    certification.certifiers.all().delete()
    if certifier.strip():
        Certifier.objects.create(certification=certification, name=" ".join(certifier.split()))


def _say_bloc(bloc: Bloc, **said: Any) -> None:
    steps.write(bloc, said, _SAID_OF_A_BLOC)
    bloc.code = bloc_tail(bloc.code, bloc.certification.code)
    bloc.label = " ".join(bloc.label.split())
    steps.save(bloc)
