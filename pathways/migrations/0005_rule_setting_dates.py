"""A dated rule says until when it stands, how sure it is, and whether one structure only decided it."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("pathways", "0004_rule_setting"),
    ]

    operations = [
        migrations.RenameField("rulesetting", "source", "basis"),
        migrations.AlterField(
            "rulesetting", "basis", models.CharField(max_length=200, verbose_name="texte ou décision")
        ),
        migrations.AddField(
            "rulesetting",
            "valid_to",
            models.DateField(blank=True, null=True, verbose_name="jusqu’au"),
        ),
        migrations.AddField(
            "rulesetting",
            "confidence",
            models.CharField(
                choices=[("confirmed", "confirmé"), ("probable", "probable"), ("unsettled", "à confirmer")],
                default="confirmed",
                max_length=10,
                verbose_name="confiance",
            ),
        ),
        migrations.AddField(
            "rulesetting",
            "organisation",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rule_settings",
                to="organisations.organisation",
                verbose_name="structure",
            ),
        ),
        migrations.RemoveConstraint("rulesetting", "one_value_per_rule_and_day"),
        migrations.AddConstraint(
            "rulesetting",
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                condition=models.Q(organisation__isnull=True),
                name="one_value_per_rule_and_day",
                violation_error_message="Cette règle a déjà une valeur à partir de ce jour.",
            ),
        ),
        migrations.AddConstraint(
            "rulesetting",
            models.UniqueConstraint(
                fields=["key", "organisation", "valid_from"],
                condition=models.Q(organisation__isnull=False),
                name="one_decision_per_structure_and_day",
                violation_error_message="Cette structure a déjà une décision à partir de ce jour.",
            ),
        ),
        migrations.AddConstraint(
            "rulesetting",
            models.CheckConstraint(
                name="rule_ends_after_it_begins",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message="Une règle ne peut pas se terminer avant de commencer.",
            ),
        ),
    ]
