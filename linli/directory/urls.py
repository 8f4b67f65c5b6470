"""Addresses of the directory."""

from django.urls import path

from linli.directory.views import console

app_name = "directory"
urlpatterns = [
    path("console/units/", console.unit_list, name="unit_list"),
    path("console/units/new/", console.unit_new, name="unit_new"),
    path("console/units/<slug:code>/", console.unit, name="unit"),
    path("console/units/<slug:code>/amend/", console.unit_amend, name="unit_amend"),
    path("console/units/<slug:code>/close/", console.unit_close, name="unit_close"),
]
