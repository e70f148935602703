"""A person who signs in, known by an e-mail address; what they may do depends on their seats."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from knox.models import AbstractAuthToken, AuthTokenManager

from backend.core.actor import Actor


class UserManager(BaseUserManager["User"]):
    """Creates accounts by address; addresses differ by more than their case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without password it waits for its invitation to be accepted."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The technical administrator of an installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the account whatever the case the address was typed in."""
        return self.get(email__iexact=username)


CANNOT_OPEN = "Aucun compte ne peut être ouvert avec cette adresse. Vérifiez-la, ou demandez un nouveau lien à votre structure."
"""The same words whatever the reason: an address never tells whether it has an account."""


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # knox's manager
    """One account; the same person may hold several seats (two structures, say)."""

    email = models.EmailField("adresse électronique", unique=True, error_messages={"unique": CANNOT_OPEN})
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    is_active = models.BooleanField("compte ouvert", default=True)
    is_staff = models.BooleanField("accès à l’administration technique", default=False)
    joined_at = models.DateTimeField("créé le", default=timezone.now)
    sessions_valid_from = models.DateTimeField("sessions valables depuis", null=True, blank=True)
    address_proven_at = models.DateTimeField("adresse prouvée le", null=True, blank=True)
    """When a link sent to the address was opened; a link that somebody handed over proves nothing."""

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_account_per_address", violation_error_message=CANNOT_OPEN
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or f"compte {self.pk}"

    def get_full_name(self) -> str:
        """First then last name, as colleagues say it."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """The first name, for « Bonjour Odile »."""
        return self.first_name or str(self)


class SeatTokenQuerySet(models.QuerySet["SeatToken"]):
    """Tokens of tools that call the API."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own tokens, those of the seat one sits in; nobody else's, whatever the role."""
        if actor.user_id is None:
            return self.none()
        return self.filter(user_id=actor.user_id, seat_key=actor.seat)


class SeatToken(AbstractAuthToken):
    """A key for a tool, sitting in one seat: it can do what that seat can, and ends with it.

    Only the digest is kept; the token itself is shown once, when it is created.
    """

    name = models.CharField("nom", max_length=80)
    seat_key = models.CharField("siège", max_length=60)

    objects = AuthTokenManager.from_queryset(SeatTokenQuerySet)()

    class Meta:
        verbose_name = "jeton d’API"
        verbose_name_plural = "jetons d’API"
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name


class OpenSession(AbstractBaseSession):
    """A browser signed in, known with its account so that people see their own and close them."""

    user_id = models.BigIntegerField("compte", null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = "connexion en cours"
        verbose_name_plural = "connexions en cours"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Ours, which tells a busy database from a session deleted meanwhile."""
        from backend.accounts.browsers.store import SessionStore

        return SessionStore
