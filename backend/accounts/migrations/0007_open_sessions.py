"""Sessions are found by their account; those that were open are asked to sign in again."""

from django.db import migrations, models


def forget_former(apps, schema_editor):
    """The framework's own table serves no more: nothing of it may open anything again."""
    apps.get_model("sessions", "Session").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_address_proven_at"), ("sessions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="OpenSession",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "user_id",
                    models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name="compte"),
                ),
            ],
            options={
                "verbose_name": "connexion en cours",
                "verbose_name_plural": "connexions en cours",
                "abstract": False,
            },
        ),
        migrations.RunPython(forget_former, migrations.RunPython.noop),
    ]
