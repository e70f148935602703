"""A structure is in its groups by its belongings only."""

from django.db import migrations


class Migration(migrations.Migration):
    # Apart from the rows written just before: PostgreSQL alters no table whose checks are still waiting.
    dependencies = [("organisations", "0011_each_group_is_kept")]
    operations = [migrations.RemoveField(model_name="organisation", name="group")]
