"""Messages are found by their address, so that none is written to too often."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_outbox")]
    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["recipient", "settled_at"], name="messages_to_an_address"),
        )
    ]
