"""R40: data kept two years after the last contact, then erased: a notice thirty days before, in batches, taken up again anywhere.

Nothing is remembered between two runs but the notices themselves: a run that was killed is simply run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from backend.core.privacy import erasing
from backend.core.tables.batches import batches
from backend.core.values.dates import day_after, days_after, months_after
from backend.mail import outbox
from backend.mail.enums import MessageKind
from pathways.models import Beneficiary, Retention
from pathways.permissions import may_keep_longer
from pathways.rules.dated.retention import ERASURE_NOTICE, RETENTION_MONTHS
from pathways.rules.privacy import exception_findings
from pathways.selectors.privacy.quiet import kept_on_purpose, quiet_since
from pathways.selectors.rule_book import read_book
from pathways.services.privacy.erasing import erase_people, leave_no_trace

NOTICES_AT_ONCE = 500
_NOT_YOURS = "Seule la personne responsable d’une structure qui a accompagné cette personne peut garder ses données plus longtemps."


@dataclass(frozen=True, slots=True)
class Applied:
    """What a run did, or would do: people warned, notices withdrawn, people erased, people kept by a written exception."""

    noticed: int
    withdrawn: int
    erased: int
    kept: int


@dataclass(frozen=True, slots=True)
class Due:
    """Whom the rule speaks of on one day."""

    today: date
    notice_days: int
    to_notice: Any
    to_withdraw: Any
    to_erase: Any
    kept: int

    def counted(self) -> Applied:
        """What a run would do that day, writing nothing."""
        return Applied(self.to_notice.count(), self.to_withdraw.count(), self.to_erase.count(), self.kept)


def due_on(today: date) -> Due:
    """Whom to warn, whose notice to withdraw, whom to erase; whole questions, never a list of people."""
    book = read_book()
    months, notice = book.whole(RETENTION_MONTHS, on=today), book.whole(ERASURE_NOTICE, on=today)
    kept = kept_on_purpose(today)
    soon = quiet_since(day_after(months_after(days_after(today, notice), -months)))
    now = quiet_since(day_after(months_after(today, -months)))
    announced = Retention.objects.filter(erases_on__isnull=False)
    not_kept = announced.exclude(pk__in=kept.values("pk"))
    return Due(
        today=today,
        notice_days=notice,
        to_notice=soon.exclude(pk__in=announced.values("beneficiary_id")).exclude(
            pk__in=kept.values("beneficiary_id")
        ),
        to_withdraw=announced.exclude(beneficiary_id__in=soon.order_by().values("pk")),
        to_erase=now.filter(pk__in=not_kept.filter(erases_on__lte=today).values("beneficiary_id")),
        kept=kept.count(),
    )


def apply_retention(*, actor: Actor, tell: Callable[[str], None] = lambda words: None) -> Applied:
    """Warn, withdraw, erase, as the rule says today and no other day; each batch is kept or undone whole."""
    ensure(
        actor.is_operator,
        "operator_only",
        "Seule l’exploitation du service applique la durée de conservation.",
    )
    today = timezone.localdate()
    due = due_on(today)
    withdrawn = _withdraw(due)
    erased = 0
    for people in batches(_keys(due.to_erase), erasing.PEOPLE_AT_ONCE):
        erased += _erase_still_due(actor, people, today)
        tell(f"{erased} fiches effacées")
    if erased:
        erasing.clean_up()
    noticed = 0
    for people in batches(_keys(due.to_notice), NOTICES_AT_ONCE):
        noticed += _notice(actor, people, due)
        tell(f"{noticed} personnes prévenues")
    leave_no_trace()
    return Applied(noticed, withdrawn, erased, due.kept)


def _keys(rows: Any) -> list[int]:
    """Read whole before the first is touched: twenty thousand numbers are little, a question left open is a lock."""
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _erase_still_due(actor: Actor, people: Sequence[int], today: date) -> int:
    """Asked again in the batch's own transaction: whoever came back since the list was made stays."""
    still = list(due_on(today).to_erase.filter(pk__in=people).values_list("pk", flat=True))
    return erase_people(actor=actor, people=still, reason="retention")


def _withdraw(due: Due) -> int:
    """Whoever came back, or came to be kept otherwise: the notice falls, an exception stays."""
    rows = Retention.objects.filter(pk__in=list(due.to_withdraw.values_list("pk", flat=True)))
    with transaction.atomic():
        gone, _ = rows.filter(kept_until__isnull=True).delete()
        return gone + rows.filter(kept_until__isnull=False).update(erases_on=None, noticed_on=None)


@transaction.atomic
def _notice(actor: Actor, people: Sequence[int], due: Due) -> int:
    erases_on = days_after(due.today, due.notice_days)
    told = {"noticed_on": due.today, "erases_on": erases_on}
    known = Retention.objects.filter(beneficiary_id__in=people)
    already = set(known.values_list("beneficiary_id", flat=True))
    known.update(**told)
    Retention.objects.bulk_create(Retention(beneficiary_id=pk, **told) for pk in people if pk not in already)
    warned = Beneficiary.objects.filter(pk__in=people)
    text = render_to_string("pathways/privacy/email/notice.txt", {"erases_on": erases_on})
    for person in warned.exclude(email=""):
        _write_to(person, text)
    trail.record_each(actor, "beneficiary.erasure_announced", warned)
    return len(people)


def _write_to(person: Beneficiary, text: str) -> None:
    """The only words are about the product: nothing of the file is in the message."""
    outbox.write(
        to=person.email,
        subject="Passerelles : vos données seront bientôt effacées",
        text=text,
        kind=MessageKind.RETENTION,
        about=person,
        is_one_of_many=True,
    )


@transaction.atomic
def keep_longer(*, actor: Actor, beneficiary: Beneficiary, until: date, because: str) -> Retention:
    """Write the exception: until when, and why; the notice falls."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_keep_longer(actor, beneficiary), "not_yours", _NOT_YOURS)
    today = timezone.localdate()
    raise_refusals(exception_findings(until=until, because=because, today=today, book=read_book()))
    row = Retention.objects.filter(beneficiary=beneficiary).first() or Retention(beneficiary=beneficiary)
    row.kept_until, row.kept_because, row.kept_by_id = until, because, actor.user_id
    row.noticed_on = row.erases_on = None
    steps.save(row)
    trail.record(actor, "beneficiary.kept_longer", beneficiary, until=until.isoformat())
    return row
