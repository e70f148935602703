"""Short texts are sealed as long ones are: they say as much of somebody."""

from django.db import migrations

import backend.core.sealing.encryption
from backend.core.sealing.migrating import seal, unseal

SEALED = (
    ("competences", "assessment", "context"),
    ("competences", "cv", "languages"),
    ("competences", "cv", "town"),
    ("competences", "licence", "cancel_reason"),
    ("competences", "vaestep", "cancel_reason"),
    ("competences", "vaestep", "details"),
    ("competences", "vaestep", "document"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("competences", "0013_lists_in_the_order_of_the_alphabet"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="context",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=200, verbose_name="contexte"
            ),
        ),
        migrations.AlterField(
            model_name="cv",
            name="languages",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=120, verbose_name="langues"
            ),
        ),
        migrations.AlterField(
            model_name="cv",
            name="town",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=80, verbose_name="commune"
            ),
        ),
        migrations.AlterField(
            model_name="licence",
            name="cancel_reason",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, db_default="", editable=False, max_length=300, verbose_name="raison"
            ),
        ),
        migrations.AlterField(
            model_name="vaestep",
            name="cancel_reason",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, editable=False, max_length=300, verbose_name="raison"
            ),
        ),
        migrations.AlterField(
            model_name="vaestep",
            name="details",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=2000, verbose_name="précisions"
            ),
        ),
        migrations.AlterField(
            model_name="vaestep",
            name="document",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=200, verbose_name="pièce"
            ),
        ),
        migrations.RunPython(seal(*SEALED), unseal(*SEALED)),
    ]
