"""Addresses of the accounts of staff."""

from django.urls import path

from linli.portal.accounts import deeds, views
from linli.portal.accounts.start import account_start

urlpatterns = [
    path("console/accounts/", views.account_list, name="account_list"),
    path("console/accounts/new/", views.account_new, name="account_new"),
    path("console/accounts/<int:pk>/", views.account, name="account"),
    path("console/accounts/<int:pk>/amend/", views.account_amend, name="account_amend"),
    path("console/accounts/<int:pk>/link/", deeds.account_link, name="account_link"),
    path("console/accounts/<int:pk>/factors/", deeds.account_reset, name="account_reset"),
    path("console/accounts/<int:pk>/disable/", deeds.account_disable, name="account_disable"),
    path("console/accounts/<int:pk>/enable/", deeds.account_enable, name="account_enable"),
    path("console/accounts/<int:pk>/keys/", deeds.account_key, name="account_key"),
    path(
        "console/accounts/<int:pk>/keys/<int:key>/revoke/",
        deeds.account_key_revoke,
        name="account_key_revoke",
    ),
    path("account/start/<int:pk>/<slug:token>/", account_start, name="account_start"),
]
