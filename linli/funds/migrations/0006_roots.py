"""The signed root of each day's books."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0005_gifts"),
    ]

    operations = []
