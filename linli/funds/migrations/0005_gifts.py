"""Donations."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0004_batches"),
    ]

    operations = []
