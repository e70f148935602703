"""What is kept of accounts and sign-ins, and how the account of somebody erased is emptied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models.functions import Lower

from backend.accounts.lockout import mark_of
from backend.accounts.models import OpenSession, SeatToken, User
from backend.core.privacy.tables import Fate, Outside, Table, sort
from backend.mail.models import Message

_ACCOUNT = "tant que le compte est ouvert"

TABLES = (
    Table(
        User,
        purpose="Savoir qui se connecte",
        columns=sort(
            staff="email first_name last_name",
            hidden="password",
            technical=(
                "id last_login is_superuser is_active is_staff joined_at sessions_valid_from address_proven_at"
            ),
        ),
        kept=f"{_ACCOUNT} ; celui d’une personne effacée est vidé avec sa fiche",
        fate=Fate.APART,
        not_given="L’accès de la personne est dans la copie ; son mot de passe ne se lit pas",
    ),
    Table(
        SeatToken,
        purpose="Ouvrir l’API à un outil",
        columns=sort(staff="user name", hidden="digest token_key", technical="created expiry seat_key"),
        kept=_ACCOUNT,
        fate=Fate.APART,
        not_given="Clés d’outils",
    ),
    Table(
        OpenSession,
        purpose="Voir où l’on est connecté, et fermer ce qui est resté ouvert",
        columns=sort(staff="user_id", hidden="session_data", technical="session_key expire_date"),
        kept="une journée de travail",
        fate=Fate.APART,
        not_given="Connexions ouvertes, que la personne voit dans « Mon compte »",
    ),
)
_ATTEMPTS = "décompte des connexions refusées, adresse remplacée par une empreinte"

OUTSIDE = (
    Outside(
        "sessions.Session", "connexions d’avant la liste des siennes", "une journée de travail", Fate.APART
    ),
    Outside("account.EmailAddress", "adresse de connexion", _ACCOUNT, Fate.APART),
    Outside("account.EmailConfirmation", "liens secrets de quelques jours", "quelques jours", Fate.APART),
    Outside("mfa.Authenticator", "seconds facteurs (application, clés), scellés", _ACCOUNT, Fate.APART),
    Outside(
        "socialaccount.SocialAccount",
        "identité reliée chez un fournisseur, sans nom ni adresse",
        _ACCOUNT,
        Fate.APART,
    ),
    Outside(
        "socialaccount.SocialApp", "non écrit : le fournisseur est dans les réglages", "non écrit", Fate.APART
    ),
    Outside(
        "socialaccount.SocialToken",
        "non écrit : rien n’est redemandé au fournisseur",
        "non écrit",
        Fate.APART,
    ),
    Outside("axes.AccessFailureLog", _ATTEMPTS, "jusqu’à la connexion suivante", Fate.APART),
    Outside("axes.AccessAttempt", _ATTEMPTS, "jusqu’à la connexion suivante", Fate.APART),
    Outside("axes.AccessAttemptExpiration", _ATTEMPTS, "jusqu’à la connexion suivante", Fate.APART),
    Outside("axes.AccessLog", "connexions, adresse remplacée par une empreinte", "non écrit", Fate.APART),
)


def empty_accounts(users: Sequence[User]) -> None:
    """Close these accounts and forget whose they were; the rows stay, for what they once did."""
    forget_addresses([user.email for user in users])
    for user in users:
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        SocialAccount.objects.filter(user=user).delete()
        SeatToken.objects.filter(user=user).delete()
        OpenSession.objects.filter(user_id=user.pk).delete()
        user.email = f"efface-{user.pk}@invalid.invalid"
        user.first_name = user.last_name = ""
        user.is_active = False
        user.set_unusable_password()
        user.save()


def forget_addresses(addresses: Iterable[str]) -> None:
    """Forget what was sent to these addresses, and their refused sign-ins."""
    known = {address.strip().lower() for address in addresses if address}
    if not known:
        return
    Message.objects.annotate(to=Lower("recipient")).filter(to__in=known).delete()
    tried = [*known, *(mark_of(address) for address in known)]
    for counter in (AccessAttempt, AccessFailureLog, AccessLog):
        counter.objects.filter(username__in=tried).delete()
