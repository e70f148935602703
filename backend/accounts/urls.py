"""Sign-in pages, one by one: what is not listed here does not exist.

allauth also knows how to sign up, to manage addresses and to sign in by code: nobody needs it here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from django.urls import path, re_path

from backend.accounts.identities import views as identities
from backend.accounts.keys import views as keys
from backend.accounts.views import activate_totp, deactivate_totp
from backend.accounts.views import refusals_are_422 as said
from backend.core.pages.keepers import before_second_factor, public, without_seat, writes_on_get

urlpatterns = [
    path("connexion/", public(said(account.login)), name="account_login"),
    path("connexion/code/", public(said(keys.authenticate)), name="mfa_authenticate"),
    path("connexion/identite/", public(identities.login), name="identity_login"),
    path("connexion/identite/retour/", public(writes_on_get(identities.callback)), name="identity_callback"),
    path("deconnexion/", public(identities.logout), name="account_logout"),
    path("ferme/", public(account.account_inactive), name="account_inactive"),
    path("mot-de-passe/oublie/", public(said(account.password_reset)), name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/", public(account.password_reset_done), name="account_reset_password_done"
    ),
    re_path(
        r"^mot-de-passe/oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(said(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/choisi/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path(
        "confirmer/",
        before_second_factor(without_seat(said(account.reauthenticate))),
        name="account_reauthenticate",
    ),
    path("confirmer/code/", without_seat(said(mfa.reauthenticate)), name="mfa_reauthenticate"),
    path(
        "confirmer/cle/",
        without_seat(said(keys.reauthenticate_with_key)),
        name="mfa_reauthenticate_webauthn",
    ),
    path("mot-de-passe/", without_seat(said(account.password_change)), name="account_change_password"),
    path("securite/", without_seat(identities.index), name="mfa_index"),
    path(
        "securite/activer/",
        before_second_factor(without_seat(said(activate_totp))),
        name="mfa_activate_totp",
    ),
    path("securite/changer/", without_seat(said(deactivate_totp)), name="mfa_deactivate_totp"),
    path(
        "securite/cles/ajouter/",
        before_second_factor(without_seat(said(keys.add_key))),
        name="mfa_add_webauthn",
    ),
    path("securite/cles/<int:pk>/nom/", without_seat(said(keys.rename_key)), name="mfa_edit_webauthn"),
    path(
        "securite/cles/<int:pk>/retirer/",
        without_seat(said(keys.remove_key)),
        name="mfa_remove_webauthn",
    ),
    path("securite/identite/relier/", without_seat(identities.link), name="identity_link"),
    path(
        "securite/identite/<int:pk>/delier/",
        without_seat(identities.unlink_identity),
        name="identity_unlink",
    ),
    path(
        "securite/codes-de-secours/",
        without_seat(writes_on_get(recovery.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "securite/codes-de-secours/telecharger/",
        without_seat(writes_on_get(recovery.download_recovery_codes)),
        name="mfa_download_recovery_codes",
    ),
    path(
        "securite/codes-de-secours/nouveaux/",
        without_seat(said(recovery.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
]
