"""Short texts are sealed as long ones are: they say as much of somebody."""

from django.db import migrations

import backend.core.sealing.encryption
from backend.core.sealing.migrating import seal, unseal

SEALED = (("mail", "message", "subject"),)


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0005_message_of_readings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="subject",
            field=backend.core.sealing.encryption.EncryptedTextField(max_length=200, verbose_name="objet"),
        ),
        migrations.RunPython(seal(*SEALED), unseal(*SEALED)),
    ]
