"""The data of a structure taken away, prepared apart and sealed."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import backend.core.sealing.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0007_column_map_titles"),
        ("organisations", "0013_convention_of_an_annexe"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StructureCopy",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("seat", models.CharField(max_length=60, verbose_name="siège")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("EN_ATTENTE", "En attente"),
                            ("EN_COURS", "En préparation"),
                            ("PRET", "Prêt"),
                            ("ECHEC", "Échec"),
                        ],
                        default="EN_ATTENTE",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="lignes écrites")),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="lignes à écrire")),
                ("message", models.CharField(blank=True, max_length=300, verbose_name="message")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="demandé le")),
                (
                    "heartbeat_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="dernier signe de vie"),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                (
                    "place",
                    models.CharField(blank=True, editable=False, max_length=80, verbose_name="emplacement"),
                ),
                (
                    "sealed_key",
                    backend.core.sealing.encryption.EncryptedTextField(
                        blank=True, editable=False, verbose_name="clé de ce fichier"
                    ),
                ),
                ("size", models.PositiveIntegerField(default=0, editable=False, verbose_name="octets")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("zip", "Fichiers csv, dans une archive ZIP"),
                            ("xlsx", "Un classeur Excel (XLSX)"),
                        ],
                        max_length=4,
                        verbose_name="format",
                    ),
                ),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="lignes par fichier")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="structure",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "copie d’une structure",
                "verbose_name_plural": "copies de structures",
                "ordering": ["-created_at", "-id"],
            },
        ),
    ]
