from typing import Any

from django.db import migrations

import backend.core.tables.births

BATCH = 2_000


def write_iso_days(apps: Any, schema_editor: Any) -> None:
    """A server may write its days another way when they become texts."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET LOCAL datestyle TO 'ISO, YMD'")


def complete_days(apps: Any, schema_editor: Any) -> None:
    """On the way back, a birth known in part takes the first day it may be: a date holds no less."""
    people = apps.get_model("pathways", "Beneficiary").objects.using(schema_editor.connection.alias)
    partial = people.filter(birth_date__isnull=False).exclude(birth_date__regex="^.{10}$")
    while batch := list(partial.order_by("pk")[:BATCH]):
        for person in batch:
            born_on = person.birth_date
            person.birth_date = born_on.replace(day=1)
        people.bulk_update(batch, ["birth_date"])


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0021_rights_that_travel"),
    ]

    operations = [
        migrations.RunPython(write_iso_days, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="beneficiary",
            name="birth_date",
            field=backend.core.tables.births.BirthField(
                blank=True, null=True, verbose_name="date de naissance"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, complete_days),
    ]
