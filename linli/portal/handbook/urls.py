"""Addresses of the handbook."""

from django.urls import path

from linli.portal.handbook import views

urlpatterns = [
    path("handbook/", views.handbook, name="handbook"),
    path("handbook/<slug:role>/", views.handbook_role, name="handbook_role"),
]
