"""What was read in a structure on one day is found at once, however long the trail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_what_a_user_wrote_is_found")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["organisation_id", "at"], name="audit_by_day"),
        ),
    ]
