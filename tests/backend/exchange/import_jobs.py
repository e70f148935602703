"""Imports asked for, run and confirmed in one word, and what they left behind."""

from __future__ import annotations

import csv
import io

from backend.exchange import services
from backend.organisations.models import Organisation
from competences.models import Assessment
from pathways.models import Beneficiary, Contract, Exit, IaePass, Interview, MonthlyHours, Stay
from tests.backend.exchange.sheets import usual

SENT = "recus"


def ask(actor, *files, place=None):
    organisation = place or Organisation.objects.get(pk=actor.organisation_id)
    return services.request_import(actor=actor, organisation=organisation, files=files or [usual()])


def run(job):
    services.run_import(job_id=str(job.pk))
    job.refresh_from_db()
    return job


def checked(actor, *files, **options):
    return run(ask(actor, *files, **options))


def brought(actor, *files, **options):
    """Checked then confirmed and done."""
    job = checked(actor, *files, **options)
    services.confirm_import(actor=actor, job=job)
    return run(job)


def sent_files(import_dir, job):
    folder = import_dir / str(job.pk) / SENT
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def report_of(import_dir, job):
    text = (import_dir / str(job.pk) / "rapport.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def places_of(import_dir, job):
    return [(line["fichier"], line["ligne"], line["colonne"]) for line in report_of(import_dir, job)]


def everything():
    """All that an import may write, as values."""
    models = (Beneficiary, Stay, Contract, MonthlyHours, IaePass, Exit, Interview, Assessment)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
