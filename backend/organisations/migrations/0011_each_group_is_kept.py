"""Each structure keeps the group it had: since the day it accepted, where an offer tells it, else since today."""

from django.db import migrations
from django.utils import timezone


def keep(apps, schema_editor):
    """One belonging for each structure that had a group."""
    alias = schema_editor.connection.alias
    tables = {
        name: apps.get_model("organisations", name).objects.using(alias)
        for name in ("GroupOffer", "Organisation", "Belonging")
    }
    accepted = tables["GroupOffer"].filter(accepted_at__isnull=False).order_by("accepted_at")
    since = {
        (structure, group): timezone.localdate(at)
        for structure, group, at in accepted.values_list("organisation_id", "group_id", "accepted_at")
    }
    had = tables["Organisation"].filter(group__isnull=False).values_list("pk", "group_id")
    belonging = tables["Belonging"].model
    tables["Belonging"].bulk_create(
        [
            belonging(
                organisation_id=structure,
                group_id=group,
                joined_on=since.get((structure, group), timezone.localdate()),
            )
            for structure, group in had
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0010_structures_in_several_groups")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
