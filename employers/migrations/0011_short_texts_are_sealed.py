"""Short texts are sealed as long ones are: they say as much of somebody."""

from django.db import migrations

import backend.core.sealing.encryption
from backend.core.sealing.migrating import seal, unseal

SEALED = (("employers", "posthirefollowup", "note"),)


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0010_lists_in_the_order_of_the_alphabet"),
    ]

    operations = [
        migrations.AlterField(
            model_name="posthirefollowup",
            name="note",
            field=backend.core.sealing.encryption.EncryptedTextField(
                blank=True, max_length=300, verbose_name="à retenir"
            ),
        ),
        migrations.RunPython(seal(*SEALED), unseal(*SEALED)),
    ]
