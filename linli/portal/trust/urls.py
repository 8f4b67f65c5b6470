"""Addresses of the look log, within the portal's."""

from django.urls import path

from linli.portal.trust import views

urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/checkpoint", views.checkpoint, name="log_checkpoint"),
    path("log/entries.jsonl", views.entries, name="log_entries"),
    path("log/proof/<int:position>", views.proof, name="log_proof"),
]
