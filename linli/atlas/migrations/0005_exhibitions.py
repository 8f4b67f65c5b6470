"""Exhibitions."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0004_dashboards'),
    ]

    operations = []
