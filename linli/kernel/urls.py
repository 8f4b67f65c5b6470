"""Addresses of the way in. Their names are allauth's, which leads from one to the next by them."""

from django.urls import path

from linli.kernel import factor_views as factor
from linli.kernel import sessions, sign_in

urlpatterns = [
    path("login/", sign_in.login, name="account_login"),
    path("login/code/", factor.enter_code, name="mfa_authenticate"),
    path("login/passkey/", factor.passkey_sign_in, name="mfa_login_webauthn"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("again/", sign_in.type_password, name="account_reauthenticate"),
    path("again/code/", factor.enter_code_again, name="mfa_reauthenticate"),
    path("again/passkey/", factor.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("password/", sign_in.change_password, name="account_change_password"),
    path("sessions/", sessions.sessions, name="account_sessions"),
    path("factors/", factor.second_factors, name="mfa_index"),
    path("factors/app/", factor.add_app, name="mfa_activate_totp"),
    path("factors/app/remove/", factor.remove_app, name="mfa_deactivate_totp"),
    path("factors/passkey/", factor.add_passkey, name="mfa_add_webauthn"),
    path("factors/passkey/<int:pk>/remove/", factor.remove_passkey, name="mfa_remove_webauthn"),
    path("factors/codes/", factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", factor.new_recovery_codes, name="mfa_generate_recovery_codes"),
]
