"""One account per role that a visitor may sign in as, and a job already proposed to look at."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import transaction

from backend.accounts.allauth_seams import set_up_application
from backend.accounts.models import User
from backend.core.actor import HEADS_A_GROUP, Role
from backend.demo import rows as drawn
from backend.demo.territory import NAMES_OF_EMPLOYERS
from backend.organisations.models import Group, Membership, Organisation
from employers.models import Employer, EmployerAccess
from pathways.models import Beneficiary, BeneficiaryAccess

PASSWORD = "trois-vallees-de-demonstration"  # noqa: S105 - the demonstration tells it to everyone


@transaction.atomic
def open_demo_accounts(accounts: Iterable[drawn.Account]) -> None:
    """Give each demo account its password, its second factor and its seat."""
    for account in accounts:
        user, _ = User.objects.get_or_create(
            email=account.email, defaults={"first_name": account.first_name, "last_name": account.last_name}
        )
        user.set_password(PASSWORD)
        user.save()
        _seat(user, account)
        if account.role is not Role.BENEFICIARY and not Authenticator.objects.filter(user=user).exists():
            set_up_application(user)


def _seat(user: User, account: drawn.Account) -> None:
    """The seat of the role; a team's own accounts already have theirs."""
    role = account.role
    match role:
        case Role.EMPLOYER:
            employer = Employer.objects.get(name=_name_of_employer(account))
            EmployerAccess.objects.get_or_create(user=user, employer=employer)
        case Role.BENEFICIARY:
            person = Beneficiary.objects.get(external_id=account.person)
            BeneficiaryAccess.objects.get_or_create(user=user, beneficiary=person)
        case _ if role in HEADS_A_GROUP:
            Membership.objects.get_or_create(
                user=user, role=role, group=Group.objects.get(external_id=account.group)
            )
        case Role.NETWORK_HEAD:
            Membership.objects.get_or_create(user=user, role=role)
        case _:
            place = Organisation.objects.get(external_id=account.structure)
            Membership.objects.get_or_create(user=user, role=role, organisation=place)


def _name_of_employer(account: drawn.Account) -> str:
    return NAMES_OF_EMPLOYERS[account.employer or ""]
