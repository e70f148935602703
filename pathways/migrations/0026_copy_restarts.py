"""How many times a copy of a person's data was begun again after its worker died."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("pathways", "0025_contracts_whole")]

    operations: ClassVar = [
        migrations.AddField(
            "accesscopy",
            "restarts",
            models.PositiveSmallIntegerField("reprises après un arrêt", default=0, db_default=0),
        ),
    ]
