"""Addresses of the status, within the portal's."""

from django.urls import path

from linli.portal.status import views

urlpatterns = [
    path("status/", views.status, name="status"),
    path("console/check/", views.check, name="check"),
    path("console/check/run/", views.check_run, name="check_run"),
    path("console/check/told/", views.announcement, name="announcement"),
    path("console/check/told/end/", views.announcement_end, name="announcement_end"),
]
