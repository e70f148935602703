"""Django registration of the structures, and of the seats their teams hold."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Groups, structures, memberships."""

    name = "backend.organisations"
    verbose_name = "structures"

    def ready(self) -> None:
        """Members act from their memberships, on the screens and through the API."""
        from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
        from allauth.socialaccount.signals import social_account_added, social_account_removed
        from django.contrib.auth.signals import user_logged_in

        from backend.core.api import authentication
        from backend.core.privacy import tables
        from backend.organisations import middleware, navigation, panels, privacy, seats  # noqa: F401 (its panel registers itself)
        from backend.organisations.models import Membership
        from backend.web import navigation as menu

        seats.register(Membership)
        tables.register(*privacy.TABLES)
        tables.before_erasing(privacy.erase)
        menu.register(*navigation.PLACES)
        menu.register_account(navigation.ACCOUNT)
        authentication.actors_come_from(seats.actor_for)
        told = {
            "record_sign_in": user_logged_in,
            "record_factor_added": authenticator_added,
            "record_factor_removed": authenticator_removed,
            "record_factor_reset": authenticator_reset,
            "record_identity_linked": social_account_added,
            "record_identity_unlinked": social_account_removed,
        }
        for name, signal in told.items():
            signal.connect(getattr(middleware, name), dispatch_uid=f"organisations.{name}")
