"""The dated rules arrive from the reports with their rows; the table itself is renamed there."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0003_doors_use_indexes"),
        ("reports", "0002_rule_setting_leaves"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="RuleSetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60, verbose_name="règle")),
                        ("value", models.CharField(max_length=60, verbose_name="valeur")),
                        ("valid_from", models.DateField(verbose_name="à partir du")),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "règle datée",
                        "verbose_name_plural": "règles datées",
                        "ordering": ["key", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "valid_from"), name="one_value_per_rule_and_day"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
