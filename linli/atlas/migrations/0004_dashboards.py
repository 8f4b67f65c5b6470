"""Dashboards."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0003_cells'),
    ]

    operations = []
