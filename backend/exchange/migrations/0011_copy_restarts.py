"""How many times a copy of a structure was begun again after its worker died."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exchange", "0010_prints_need_a_key")]

    operations: ClassVar = [
        migrations.AddField(
            "structurecopy",
            "restarts",
            models.PositiveSmallIntegerField("reprises après un arrêt", default=0, db_default=0),
        ),
    ]
