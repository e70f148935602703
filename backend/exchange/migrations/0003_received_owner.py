from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_received"),
    ]

    operations = [
        migrations.AddField(
            model_name="received",
            name="owner_kind",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="table du titulaire"
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="owner_id",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="titulaire d’une ligne annulée"),
        ),
    ]
