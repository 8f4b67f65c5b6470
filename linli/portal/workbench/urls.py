"""Addresses of the desk, of news, of going somewhere, of saved views and of lists as files."""

from django.urls import path

from linli.portal.going import views as going
from linli.portal.lists import views as lists
from linli.portal.workbench import views

urlpatterns = [
    path("console/", views.console, name="console"),
    path("console/seen/<slug:place>/", views.mark, name="mark"),
    path("console/news/", views.news, name="news"),
    path("console/news/mail/", views.news_mail, name="news_mail"),
    path("console/go/", going.go, name="go"),
    path("console/views/", lists.views, name="views"),
    path("console/views/save/", lists.view_save, name="view_save"),
    path("console/views/<int:pk>/", lists.view_change, name="view_change"),
    path("console/lists/<str:name>/<slug:form>/", lists.list_file, name="list_file"),
]
