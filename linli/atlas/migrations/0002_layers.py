"""Layers, shapes, layouts."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0001_first'),
    ]

    operations = []
