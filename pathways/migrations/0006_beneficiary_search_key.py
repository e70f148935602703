import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0005_rule_setting_dates"),
    ]

    operations = [
        migrations.AddField(
            model_name="beneficiary",
            name="search_key",
            field=models.GeneratedField(
                db_index=True,
                db_persist=True,
                expression=django.db.models.functions.text.Replace(
                    "search_name", models.Value(" "), models.Value("")
                ),
                output_field=models.CharField(max_length=250),
            ),
        ),
    ]
