"""Lines of the trail are bound in a chain, and cannot be replaced nor the table emptied."""

from django.db import migrations, models

from backend.audit import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_id", models.BigIntegerField(unique=True, verbose_name="première ligne")),
                ("last_id", models.BigIntegerField(unique=True, verbose_name="dernière ligne")),
                ("marks", models.BinaryField(verbose_name="empreintes")),
                ("previous", models.CharField(max_length=64, unique=True, verbose_name="maillon précédent")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="empreinte")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="noué à")),
            ],
            options={
                "verbose_name": "maillon du journal",
                "verbose_name_plural": "maillons du journal",
                "ordering": ["id"],
            },
        ),
        # Going back, the table of links leaves with its own; those of the lines stay.
        migrations.RunPython(triggers.create, migrations.RunPython.noop),
    ]
