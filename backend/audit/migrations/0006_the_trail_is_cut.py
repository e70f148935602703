"""Lines older than the trail is kept may leave it, covered by a cut that remembers the chain."""

from django.db import migrations, models

from backend.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_a_day_of_a_structure_is_found")]

    operations = [
        migrations.CreateModel(
            name="Cut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_id", models.BigIntegerField(unique=True, verbose_name="dernière ligne retirée")),
                (
                    "head",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="empreinte du dernier maillon retiré"
                    ),
                ),
                ("kept_from_at", models.DateTimeField(verbose_name="lignes gardées depuis")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="coupé à")),
            ],
            options={
                "verbose_name": "coupe du journal",
                "verbose_name_plural": "coupes du journal",
                "ordering": ["id"],
            },
        ),
        migrations.RunPython(triggers.create, triggers.create_before_cuts),
    ]
