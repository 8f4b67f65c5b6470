"""Addresses of the portal and the desk."""

from django.urls import include, path

from linli.portal import booking_looks, causes, concerns, food_visits, impacts, views
from linli.portal.held import views as held_views
from linli.portal.review import single as review_single
from linli.portal.review import taking as review_taking
from linli.portal.review import views as review_views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/register/", held_views.held, name="held"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("console/", views.console, name="console"),
    path("", include("linli.portal.trust.urls")),
    path("", include("linli.portal.accounts.urls")),
    path("bookings/<slug:code>/looks/<slug:look>/why/", booking_looks.why, name="booking_why"),
    path("food/<slug:code>/concern/", concerns.concern, name="concern"),
    path("console/concerns/", concerns.concerns, name="concerns"),
    path("console/causes/<slug:code>/measure/", causes.cause_measure, name="cause_measure"),
    path("console/projects/<slug:code>/impact/", impacts.project_impact, name="project_impact"),
    path(
        "console/permits/<str:code>/visit/",
        food_visits.application_visit,
        name="application_visit",
    ),
    path("console/reports/<slug:code>/review/", review_views.review, name="review"),
    path("console/reports/<slug:code>/review/decide/", review_views.decide, name="review_decide"),
    path("console/reports/<slug:code>/review/take/", review_taking.take, name="review_take"),
    path(
        "console/reports/<slug:code>/review/<slug:item>/",
        review_single.correct,
        name="review_correct",
    ),
    path(
        "console/reports/<slug:code>/review/<slug:item>/merge/",
        review_single.merge,
        name="review_merge",
    ),
]
