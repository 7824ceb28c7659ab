"""Below ``/accounts/``: the few of allauth's pages we mean to have. Nobody signs up; an admin adds people."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods

from hiring.accounts.views import login

page = require_http_methods(["GET", "HEAD", "POST"])  # allauth would take a PUT for a POST

urlpatterns = [
    path("login/", page(login), name="account_login"),
    path("logout/", page(views.logout), name="account_logout"),
    path("inactive/", page(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", page(views.reauthenticate), name="account_reauthenticate"),
    path("password/change/", page(views.password_change), name="account_change_password"),
    path("password/set/", page(views.password_set), name="account_set_password"),
    path("password/reset/", page(views.password_reset), name="account_reset_password"),
    path("password/reset/done/", page(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        page(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        page(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", page(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", page(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", page(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", page(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        page(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        page(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
