"""How many times an import went on after its worker died."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exchange", "0008_structure_copy")]

    operations: ClassVar = [
        migrations.AddField(
            "importjob",
            "restarts",
            models.PositiveSmallIntegerField("reprises après un arrêt", default=0, db_default=0),
        ),
    ]
