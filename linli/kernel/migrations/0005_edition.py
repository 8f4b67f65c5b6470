from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_look_count")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=16)),
            ],
        ),
    ]
