"""Short texts are sealed as long ones are: they say as much of somebody."""

import django.core.validators
from django.db import migrations

import backend.core.sealing.encryption
from backend.core.sealing.migrating import seal, unseal

SEALED = (
    ("pathways", "derogation", "cancel_reason"),
    ("pathways", "derogation", "document"),
    ("pathways", "eligibilitydiagnosis", "cancel_reason"),
    ("pathways", "immersion", "objectives"),
    ("pathways", "passprolongation", "cancel_reason"),
    ("pathways", "passprolongation", "document"),
    ("pathways", "passsuspension", "cancel_reason"),
    ("pathways", "relay", "cancel_reason"),
    ("pathways", "relay", "meets_where"),
    ("pathways", "relaystep", "label"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0022_births_known_in_part"),
    ]

    operations = [
        migrations.AlterField(
            model_name="derogation",
            name="cancel_reason",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, editable=False, max_length=300, verbose_name="raison de l’annulation"
            ),
        ),
        migrations.AlterField(
            model_name="derogation",
            name="document",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True,
                max_length=160,
                validators=[django.core.validators.MinLengthValidator(2)],
                verbose_name="pièce",
            ),
        ),
        migrations.AlterField(
            model_name="eligibilitydiagnosis",
            name="cancel_reason",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, editable=False, max_length=300, verbose_name="raison de l’annulation"
            ),
        ),
        migrations.AlterField(
            model_name="immersion",
            name="objectives",
            field=backend.core.sealing.encryption.EncryptedTextField(
                max_length=400, verbose_name="objectifs"
            ),
        ),
        migrations.AlterField(
            model_name="passprolongation",
            name="cancel_reason",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, editable=False, max_length=300, verbose_name="raison de l’annulation"
            ),
        ),
        migrations.AlterField(
            model_name="passprolongation",
            name="document",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True,
                max_length=160,
                validators=[django.core.validators.MinLengthValidator(2)],
                verbose_name="pièce",
            ),
        ),
        migrations.AlterField(
            model_name="passsuspension",
            name="cancel_reason",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, editable=False, max_length=300, verbose_name="raison de l’annulation"
            ),
        ),
        migrations.AlterField(
            model_name="relay",
            name="cancel_reason",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, editable=False, max_length=300, verbose_name="raison de l’annulation"
            ),
        ),
        migrations.AlterField(
            model_name="relay",
            name="meets_where",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=160, verbose_name="lieu de la rencontre"
            ),
        ),
        migrations.AlterField(
            model_name="relaystep",
            name="label",
            field=backend.core.sealing.encryption.EncryptedTextField(max_length=160, verbose_name="à faire"),
        ),
        migrations.RunPython(seal(*SEALED), unseal(*SEALED)),
    ]
