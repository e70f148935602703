"""How many times an export was begun again after its worker died."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0005_published_table")]

    operations: ClassVar = [
        migrations.AddField(
            "exportjob",
            "restarts",
            models.PositiveSmallIntegerField("reprises après un arrêt", default=0, db_default=0),
        ),
    ]
