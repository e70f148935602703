"""Django registration of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "backend.accounts"
    verbose_name = "comptes"

    def ready(self) -> None:
        """Wrong codes count like wrong passwords, a mailed link proves an address, and the API knows the factors."""
        from allauth.account.signals import password_reset
        from allauth.mfa.models import Authenticator
        from allauth.mfa.signals import authentication_failed
        from django.contrib.auth.signals import user_logged_in, user_login_failed

        from backend.accounts import (
            adapters,
            lockout,
            privacy,
            provider,  # noqa: F401 (the library finds it by its name)
            second_factor,
        )
        from backend.accounts.addresses import prove_address
        from backend.accounts.lockout import failures
        from backend.core.api import authentication
        from backend.core.privacy import tables
        from backend.core.sealing import places

        tables.register(*privacy.TABLES)
        tables.register_outside(*privacy.OUTSIDE)
        places.register(places.SealedJson(Authenticator, "data", adapters.SEALED_COLUMN))
        authentication.second_factors_are_known_by(second_factor.is_set_up)

        authentication_failed.connect(lockout.count_wrong_code, dispatch_uid="accounts.count_wrong_code")
        password_reset.connect(
            lambda user, **kwargs: prove_address(user), weak=False, dispatch_uid="accounts.prove_address"
        )
        user_logged_in.connect(lockout.forgive, dispatch_uid="accounts.forgive")
        user_login_failed.connect(failures.write_down, dispatch_uid="accounts.write_failure_down")
