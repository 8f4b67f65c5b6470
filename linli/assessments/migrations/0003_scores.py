"""Scores as they were computed, kept for ever."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0002_draws'),
    ]

    operations = []
