"""Goals, actions and purposes of appointments are sealed, as syntheses are: they say what weighs on somebody."""

from django.db import migrations

import backend.core.sealing.encryption
from backend.core.sealing.migrating import seal, unseal

SEALED = (
    ("pathways", "goal", "label"),
    ("pathways", "goal", "dropped_because"),
    ("pathways", "action", "label"),
    ("pathways", "action", "outcome"),
    ("pathways", "appointment", "purpose"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0015_rights_on_ones_data"),
    ]

    operations = [
        migrations.AlterField(
            model_name="action",
            name="label",
            field=backend.core.sealing.encryption.EncryptedTextField(max_length=200, verbose_name="action"),
        ),
        migrations.AlterField(
            model_name="action",
            name="outcome",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=300, verbose_name="suite donnée"
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="purpose",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=120, verbose_name="pour"
            ),
        ),
        migrations.AlterField(
            model_name="goal",
            name="dropped_because",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=200, verbose_name="raison de l’abandon"
            ),
        ),
        migrations.AlterField(
            model_name="goal",
            name="label",
            field=backend.core.sealing.encryption.EncryptedTextField(max_length=200, verbose_name="objectif"),
        ),
        migrations.RunPython(seal(*SEALED), unseal(*SEALED)),
    ]
