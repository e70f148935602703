"""Two files of one person made one, and two again; two people told apart for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, ensure
from backend.core.findings import raise_refusals
from backend.core.joining import changes
from backend.core.joining.plan import Plan
from backend.core.joining.tables import Side
from backend.core.joining.undoing import Undone, undo
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from backend.exchange.models import OtherId
from pathways.models import Beneficiary, Reunion, ToldApart
from pathways.permissions import may_join, may_separate
from pathways.rules.twins.reunions import SEPARABLE_DAYS, joining_findings, separation_findings
from pathways.selectors.twins.reunions import plan_of, print_of

_NOT_YOURS = "Seule l’équipe qui accompagne aujourd’hui les deux personnes peut réunir leurs fiches."
_NOT_YOURS_TO_SEPARATE = "Seule l’équipe qui accompagne la personne aujourd’hui peut séparer ses fiches."
_MOVED = "Une des deux fiches a changé depuis que vous les avez comparées. Relisez ce qui suit, puis réunissez-les à nouveau."


@transaction.atomic
def join_files(
    *, actor: Actor, kept: Beneficiary, gone: Beneficiary, seen: str, choices: Mapping[str, Side]
) -> Reunion:
    """Make `gone` one with `kept`: all that was written about it follows, what differs is as `choices` say.

    `choices` are by `Conflict.key`; `seen` is the print of the preview that was read.
    """
    kept, gone = _locked(actor, kept, gone)
    ensure(may_join(actor, kept, gone), "not_yours", _NOT_YOURS)
    if print_of(plan_of(actor, kept, gone)) != seen:
        raise Conflict("conflict", _MOVED)
    made = plan_of(actor, kept, gone, choices)
    raise_refusals(
        joining_findings(
            is_same=kept.pk == gone.pk,
            are_told_apart=ToldApart.objects.between(kept.pk, gone.pk).exists(),
            unanswered=len(made.unanswered(choices)),
        )
    )

    with lifted(Gate.REUNION):
        changes.apply(made.changes)
    reunion = steps.save(
        Reunion(
            kept=kept,
            gone_id=gone.pk,
            organisation_id=actor.organisation_id,
            made_by_id=actor.user_id,
            memory=changes.dumped(made.changes),
        )
    )
    OtherId.objects.bulk_create(
        OtherId(kind=model._meta.label_lower, external_id=told, row_id=pk)
        for model, told, pk in made.other_ids
    )
    trail.record(
        actor, "beneficiary.joined", kept, gone=gone.pk, reunion=reunion.pk, **_counted(made, choices)
    )
    return reunion


@transaction.atomic
def separate_files(*, actor: Actor, reunion: Reunion) -> Undone:
    """Make two files again of what was made one; what was written since stays on the kept file, and is counted."""
    reunion = steps.lock(actor, reunion)
    kept = steps.lock(actor, reunion.kept)
    ensure(may_separate(actor, reunion), "not_yours", _NOT_YOURS_TO_SEPARATE)
    standing = Reunion.objects.standing().filter(kept=kept)
    raise_refusals(
        separation_findings(
            joined_on=reunion.day,
            today=timezone.localdate(),
            is_separated=reunion.separated_at is not None,
            is_joined_again=standing.filter(pk__gt=reunion.pk, made_at__gte=reunion.made_at).exists(),
        )
    )

    written = changes.loaded(str(reunion.memory))
    with lifted(Gate.REUNION):
        done = undo(written, kept=kept.pk, gone=reunion.gone_id)
    _each_id_to_its_own(written)
    reunion.separated_at, reunion.separated_by_id, reunion.memory = timezone.now(), actor.user_id, ""
    steps.save(reunion)
    trail.record(
        actor,
        "beneficiary.separated",
        kept,
        gone=reunion.gone_id,
        reunion=reunion.pk,
        changed_since=done.left_as_changed,
        went_along=done.went_along,
        let_go=done.let_go,
        lost=done.lost,
    )
    return done


@transaction.atomic
def tell_apart(*, actor: Actor, first: Beneficiary, second: Beneficiary) -> ToldApart:
    """Say that two files are two people's: they are not proposed together any more. Said twice, it changes nothing."""
    first, second = _locked(actor, first, second)
    ensure(may_join(actor, first, second), "not_yours", _NOT_YOURS)
    already: ToldApart | None = ToldApart.objects.between(first.pk, second.pk).first()
    if already is not None:
        return already
    pair = steps.save(ToldApart(first=first, second=second, told_by_id=actor.user_id))
    trail.record(actor, "beneficiary.told_apart", first, other=second.pk)
    return pair


@transaction.atomic
def no_longer_apart(*, actor: Actor, pair: ToldApart) -> None:
    """Go back on it: the two files may be proposed together again, and joined."""
    pair = steps.lock(actor, pair)
    ensure(may_join(actor, pair.first, pair.second), "not_yours", _NOT_YOURS)
    trail.record(actor, "beneficiary.no_longer_apart", pair.first, other=pair.second_id)
    pair.delete()


def forget_old_reunions() -> int:
    """Erase what would separate files once nobody may any more; how many."""
    since = timezone.now() - timedelta(days=SEPARABLE_DAYS + 1)
    return Reunion.objects.filter(made_at__lt=since).exclude(memory="").update(memory="")


def _each_id_to_its_own(written: list[changes.Change]) -> None:
    """The ids of the rows that came back lead to them again."""
    for change in written:
        if change.whole and (told := change.whole.get("external_id")):
            OtherId.objects.filter(kind=change.label.lower(), external_id=told).delete()


def _locked(actor: Actor, one: Beneficiary, other: Beneficiary) -> tuple[Beneficiary, Beneficiary]:
    """Both, locked in the order of their numbers: two colleagues joining them the other way round never wait for each other."""
    found = {each.pk: steps.lock(actor, each) for each in sorted((one, other), key=lambda each: each.pk)}
    return found[one.pk], found[other.pk]


def _counted(made: Plan, choices: Mapping[str, Side]) -> dict[str, int]:
    moved = sum(len(each.moved) for each in made.tallies)
    made_one = sum(len(each.made_one) for each in made.tallies)
    followed = sum(side is Side.GONE for side in choices.values())
    return {"moved": moved, "made_one": made_one, "choices": len(made.conflicts), "from_the_other": followed}
