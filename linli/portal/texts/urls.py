"""Addresses of the translator's pages, within the portal's."""

from django.urls import path

from linli.portal.texts import bringing, views

urlpatterns = [
    path("console/texts/", views.text_list, name="texts"),
    path("console/texts/<slug:code>.po", views.text_file, name="texts_file"),
    path("console/texts/<slug:code>/", bringing.text_language, name="texts_language"),
    path("console/texts/<slug:code>/back/", bringing.text_back, name="texts_back"),
    path("console/texts/<slug:code>/file/<str:token>/", bringing.text_look, name="texts_look"),
]
