"""Cited cells."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0002_layers'),
    ]

    operations = []
