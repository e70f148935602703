"""A copy of what is kept about a person: asked for, prepared apart, sealed, taken, gone after seven days (RGPD, art. 15 and 20).

The person receives everything given about them; whoever accompanies them may prepare one too, of what they read
themselves: no right to read is gained by it. See decision 0065.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from backend.audit import trail
from backend.core import jobs, steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted
from backend.core.privacy.copying import is_given_all, left_out_of, sections_of
from backend.core.wall.reach import reach_of, within
from backend.files import sealed_jobs, vault
from backend.files.models import StoredFile
from backend.files.services import clean_title
from backend.files.tagged_pdf import tagged_pdf
from backend.organisations import seats
from pathways.models import AccessCopy, Beneficiary
from pathways.permissions import may_ask_copy
from pathways.selectors.privacy.readers import every_reading_of

TASK = "pathways.prepare_access_copy"
LOST_AFTER = timedelta(minutes=4)
WORDS = jobs.Words(
    waiting="Le service de préparation ne répond pas : la copie sera préparée dès que possible.",
    interrupted="La préparation s’est interrompue. Demandez la copie à nouveau.",
    too_long="La préparation a pris trop de temps. Demandez la copie à nouveau, ou prévenez l’exploitation du service.",
    failed="La préparation a échoué. Demandez la copie à nouveau ; si cela recommence, prévenez l’exploitation du service.",
)
_PAGE = "vos-donnees"
_NOT_YOURS = (
    "Seules la personne et l’équipe qui l’accompagne aujourd’hui peuvent demander une copie de ses données."
)
_NO_LONGER_YOURS = "Vos droits ont changé depuis la demande : la copie n’a pas été préparée."


@transaction.atomic
def ask_copy(*, actor: Actor, beneficiary: Beneficiary) -> AccessCopy:
    """Record the wish, then tell the workers; asking again while one is on its way gives it back."""
    beneficiary = steps.within_reach(actor, beneficiary)
    if actor.user_id is None or not may_ask_copy(actor, beneficiary):
        raise NotPermitted("not_yours", _NOT_YOURS)
    mine = AccessCopy.objects.visible_to(actor).filter(beneficiary=beneficiary)
    on_its_way: AccessCopy | None = mine.filter(status__in=jobs.UNFINISHED).first()
    if on_its_way is not None:
        return on_its_way
    job = AccessCopy(user_id=actor.user_id, seat=actor.seat, beneficiary=beneficiary)
    steps.save(job)
    trail.record(actor, "access_copy.asked", job)
    transaction.on_commit(partial(dispatch, job))
    return job


def dispatch(job: AccessCopy) -> bool:
    """Send the number of the copy to the workers; False when the broker does not answer."""
    return jobs.send(TASK, job, WORDS)


def prepare_copy(*, job_id: str) -> bool:
    """Prepare a copy that waits; False when there is nothing (or nothing any more) to do."""
    job = jobs.take(AccessCopy, job_id)
    if job is None:
        return False
    with jobs.end_always_said(job, WORDS):
        actor = seats.actor_again(job.user, job.seat)
        if actor is None or not may_ask_copy(actor, job.beneficiary):
            raise DomainError("no_longer_authorised", _NO_LONGER_YOURS)
        with within(reach_of(actor)):
            content = archive_of(actor, job.beneficiary)
        jobs.checkpoint(job)
        _publish(actor, job, content)
    return True


@transaction.atomic
def _publish(actor: Actor, job: AccessCopy, content: bytes) -> None:
    sealed_jobs.publish(job, content)
    trail.record(actor, "access_copy.prepared", job)


def take_copy(*, actor: Actor, job: AccessCopy) -> bytes | None:
    """The archive, recorded in the trail; None when it may not, or no longer, be taken."""
    if not job.is_available:
        return None
    found = AccessCopy.objects.visible_to(actor).filter(pk=job.pk).select_related("beneficiary").first()
    if found is None or not may_ask_copy(actor, found.beneficiary):
        return None
    content = sealed_jobs.bytes_of(found)
    if content is None:
        return None
    trail.record(actor, "access_copy.taken", found)
    return content


def forget_old_copies() -> int:
    """Take away the archives whose time is over, and those of copies that failed; how many."""
    return sealed_jobs.forget_old(AccessCopy)


def forget_copies_of(people: Any) -> int:
    """Take away every archive of these people, just before they are erased."""
    return sealed_jobs.forget(AccessCopy.objects.filter(beneficiary_id__in=people))


def give_up_on_lost_copies() -> int:
    """Begin again the preparations that went silent, end those that always stop; how many were ended."""
    return sealed_jobs.give_up_on_lost(AccessCopy, TASK, WORDS, silent_for=LOST_AFTER)


def archive_of(actor: Actor, person: Beneficiary) -> bytes:
    """The ZIP: a page to read (a tagged PDF, or HTML where none can be drawn), the same as JSON, the files themselves."""
    sections = sections_of(person.pk, actor)
    files = list(_files(actor, person))
    told = {
        "person": person,
        "made_on": timezone.localdate(),
        "sections": sections,
        "readings": every_reading_of(person) if is_given_all(actor, person.pk) else [],
        "left_out": left_out_of(person.pk),
        "files": [name for name, _ in files],
        "is_whole": is_given_all(actor, person.pk),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        name, page = _page(told)
        archive.writestr(name, page)
        archive.writestr("donnees.json", json.dumps(_as_json(told), ensure_ascii=False, indent=1))
        for name, content in files:
            archive.writestr(f"pieces/{name}", content)
    return written.getvalue()


def _page(told: dict[str, Any]) -> tuple[str, bytes]:
    page = render_to_string("pathways/privacy/copy.html", told)
    try:
        return f"{_PAGE}.pdf", tagged_pdf(page)
    except DomainError:
        return f"{_PAGE}.html", page.encode()


def _as_json(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": "passerelles-copie-1",
        "made_on": told["made_on"].isoformat(),
        "tables": {section.name: [line.values for line in section.lines] for section in told["sections"]},
        "readings": [
            {
                "on": each.day.isoformat(),
                "who": each.who,
                "role": each.role,
                "where": each.place,
                "what": each.what,
            }
            for each in told["readings"]
        ],
        "left_out": [{"what": each.what, "reason": each.reason} for each in told["left_out"]],
        "files": told["files"],
    }


def _files(actor: Actor, person: Beneficiary) -> Iterator[tuple[str, bytes]]:
    """Each file under a name that says what it is; one that can no longer be read is left out."""
    files = StoredFile.objects.filter(beneficiary_id=person.pk).order_by("pk")
    if not is_given_all(actor, person.pk):
        files = files.filter(pk__in=StoredFile.objects.visible_to(actor).order_by().values("pk"))
    for number, stored in enumerate(files, start=1):
        try:
            content = vault.get(stored.place, str(stored.sealed_key))
        except vault.Lost:
            continue
        yield f"{number:02d}-{clean_title(str(stored.title)) or 'piece'}.{str(stored.kind).lower()}", content
