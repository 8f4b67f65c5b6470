"""Projects, their works, visits and people sent."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0001_first"),
    ]

    operations = []
