"""What a correspondence is of: the titles of its table, and the name the last one had."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exchange", "0006_received_withdrawn_on")]

    operations: ClassVar = [
        migrations.AlterModelOptions(
            "columnmap",
            options={
                "ordering": ["organisation_id", "-updated_at", "-id"],
                "verbose_name": "correspondance de colonnes",
                "verbose_name_plural": "correspondances de colonnes",
            },
        ),
        migrations.AddField(
            "columnmap",
            "name",
            models.CharField("dernier tableau", max_length=200, blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            "columnmap",
            "titles",
            models.JSONField(
                "titres", default=list, blank=True, db_default=models.Value([], models.JSONField())
            ),
        ),
    ]
