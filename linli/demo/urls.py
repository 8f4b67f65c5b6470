"""Addresses of the guided tour: there in a demo alone."""

from django.urls import path

from linli.demo.tour import views

app_name = "demo"
urlpatterns = [
    path("tour/", views.tours, name="tours"),
    path("tour/reset/", views.reset, name="reset"),
    path("tour/<slug:role>/", views.tour, name="tour"),
]
