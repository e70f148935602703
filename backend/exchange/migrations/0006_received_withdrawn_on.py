"""The day a row that came by a file was taken back here, to be said when the file comes again."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exchange", "0005_other_id")]

    operations: ClassVar = [
        migrations.AddField(
            "received",
            "withdrawn_on",
            models.DateField("annulée ici le", null=True, blank=True),
        ),
    ]
