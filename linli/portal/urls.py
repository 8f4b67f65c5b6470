"""Addresses of the portal and the desk."""

from django.urls import include, path

from linli.portal import (
    booking_looks,
    causes,
    concerns,
    delivered,
    delivery,
    food_visits,
    homing,
    impacts,
    newcomers,
    searching,
    views,
)
from linli.portal.dropped import views as dropped
from linli.portal.happened import views as happened
from linli.portal.held import views as held_views
from linli.portal.review import single as review_single
from linli.portal.review import taking as review_taking
from linli.portal.review import views as review_views

app_name = "portal"
urlpatterns = [
    path("", homing.home, name="home"),
    path("search/", searching.search, name="search"),
    path("newcomers/", newcomers.newcomers, name="newcomers"),
    path("newcomers.html", newcomers.to_take_along, name="newcomers_file"),
    path("dropped/", dropped.dropped, name="dropped"),
    path("console/dropped/", dropped.console_dropped, name="console_dropped"),
    path(
        "console/dropped/<slug:earlier>/<slug:later>/<slug:item>/", dropped.ask, name="dropped_ask"
    ),
    path("what-happened/", happened.what_happened, name="what_happened"),
    path("what-happened/<slug:code>/", happened.chain, name="chain"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/register/", held_views.held, name="held"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("", include("linli.portal.handbook.urls")),
    path("", include("linli.portal.workbench.urls")),
    path("", include("linli.portal.trust.urls")),
    path("", include("linli.portal.status.urls")),
    path("", include("linli.portal.texts.urls")),
    path("", include("linli.portal.accounts.urls")),
    path("bookings/<slug:code>/looks/<slug:look>/why/", booking_looks.why, name="booking_why"),
    path("food/<slug:code>/concern/", concerns.concern, name="concern"),
    path("console/concerns/", concerns.concerns, name="concerns"),
    path("console/tasks/<slug:code>/delivery/", delivery.task_delivery, name="task_delivery"),
    path("promises/tasks/<slug:code>/delivered/", delivered.promise_delivered, name="delivered"),
    path("offers/<slug:code>/promise/", delivered.offer_promises, name="offer_promises"),
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
