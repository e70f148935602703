"""The dated rules move to the pathways, which judge by them too: the table keeps its rows under a new name."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("RuleSetting", "pathways_rulesetting")],
            state_operations=[migrations.DeleteModel("RuleSetting")],
        )
    ]
