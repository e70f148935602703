"""Every file of VAE keeps the stage it had reached, as its first step."""

from typing import Any

from django.db import migrations
from django.utils import timezone

_TOLD = "Étape reprise de l’ancien suivi, qui ne gardait que la dernière."


def keep_stages(apps: Any, schema_editor: Any) -> None:
    """One step for each file, of the kind that led to its stage; a jury known ahead keeps its own day."""
    project_model, step_model = (
        apps.get_model("competences", "VaeProject"),
        apps.get_model("competences", "VaeStep"),
    )
    today = timezone.localdate()
    projects = project_model.objects.filter(steps__isnull=True)
    for project in projects.iterator(chunk_size=500):
        kind = _kind_of(apps, project)
        step_model.objects.create(
            project=project,
            kind=kind,
            on=min(project.reached_on, today),
            jury_on=project.reached_on if kind == "JURY" else None,
            details=_TOLD if kind != "PROJET" else "",
        )
        project_model.objects.filter(pk=project.pk).update(
            status=kind, reached_on=min(project.reached_on, today)
        )


def _kind_of(apps: Any, project: Any) -> str:
    """« Refus » named two things: the trail says whether a jury had been planned."""
    if project.status != "REFUS":
        return str(project.status)
    lines = apps.get_model("audit", "Entry").objects.filter(
        action="vae.moved", subject_kind="competences.vaeproject", subject_id=str(project.pk)
    )
    told = {line.detail.get("status") for line in lines}
    return "REFUS" if "JURY" in told else "NON_RECEVABLE"


def forget_steps(apps: Any, schema_editor: Any) -> None:
    """Back to one stage for each file: the steps go, the last stage stays written on the file."""
    apps.get_model("competences", "VaeStep").objects.update(replaces=None)
    apps.get_model("competences", "VaeStep").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("competences", "0004_vae_steps"), ("audit", "0002_append_only")]

    operations = [migrations.RunPython(keep_stages, forget_steps)]
