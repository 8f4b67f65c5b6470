"""The engine of offers: everything that has places."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """Courses, events, job fairs, appointments, volunteer shifts, contests, after-school groups."""

    name = "linli.offers"
    label = "offers"
