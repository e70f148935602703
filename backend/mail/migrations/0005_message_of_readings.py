"""A message says that many files were read in a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0004_message_of_retention"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("INVITATION", "invitation"),
                    ("ACCORD", "invitation à approuver"),
                    ("GROUPE", "proposition de groupe"),
                    ("RELAIS", "proposition de relais"),
                    ("SECOND_FACTEUR", "second facteur réinitialisé"),
                    ("CONSERVATION", "effacement annoncé"),
                    ("LECTURES", "beaucoup de dossiers lus"),
                    ("COMPTE", "compte et mot de passe"),
                ],
                max_length=20,
                verbose_name="sorte",
            ),
        ),
    ]
