"""Django registration of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "backend.accounts"
    verbose_name = "comptes"

    def ready(self) -> None:
        """Wrong codes count like wrong passwords; signing in clears one's own count."""
        from allauth.mfa.signals import authentication_failed
        from django.contrib.auth.signals import user_logged_in

        from backend.accounts import lockout

        authentication_failed.connect(lockout.count_wrong_code, dispatch_uid="accounts.count_wrong_code")
        user_logged_in.connect(lockout.forgive, dispatch_uid="accounts.forgive")
