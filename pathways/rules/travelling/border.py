"""What becomes of each right at a border: kept, lost, or to be asked for; how much, by which text, how sure, what to do.

The sentences say what is not certain. A right already settled (days paid, taken, moved) is no longer one, and is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.core.findings import Confidence
from backend.core.values.dates import (
    NBSP,
    days_after,
    days_in_words,
    days_inclusive,
    french_date,
    months_after,
)
from backend.core.values.numbers import decimal_in_words
from pathways.enums.travelling import Destination, SavedFate, SavedKind, Tie, Verdict, VisitKind
from pathways.rules.contracts.durations import merge, total_length
from pathways.rules.dated import travelling as figures
from pathways.rules.dated.book import RuleBook
from pathways.rules.travelling.facts import (
    Border,
    Carried,
    Learnt,
    SavedNoted,
    Spell,
    TitleHeld,
    VisitNoted,
    latest_visit,
    still_open,
)
from pathways.rules.travelling.visits import is_up_to_date, travels_figure, travels_until

_C, _P, _U = Confidence.CONFIRMED, Confidence.PROBABLE, Confidence.UNSETTLED
_ASK, _LOST, _KEPT = Verdict.ASK, Verdict.LOST, Verdict.KEPT
_ORDER = (_ASK, _LOST, _KEPT)
_LEAVE = "Code du travail, art. L3141-28"
_LEAVE_CDD = "Code du travail, art. L1242-16 et L3141-28"
_LEAVE_MISSION = "Code du travail, art. L1251-19"
_ACCOUNT = "Code du travail, art. L3153-2 et D3154-5"
_SAME_SENIORITY = "Code du travail, art. L1243-11"
_NO_TEXT = "Aucun texte général : l’accord de branche ou le contrat peut la prévoir"
_NO_TEXT_REST = "Aucun texte général : l’accord de l’employeur le dit"
_TRAINED = "Code du travail, art. L6353-1"
_TITLES = "Le titre est au nom de la personne"
_EMPLOYERS_TITLES = "Code du travail, art. R4323-56 et R4544-10"


@dataclass(frozen=True, slots=True)
class Right:
    """One right at one border. `way_out` is for the team, `plain` for the person; `amount` is « 6 jours », or nothing."""

    code: str
    label: str
    verdict: Verdict
    amount: str
    sentence: str
    basis: str
    confidence: Confidence
    way_out: str = ""
    plain: str = ""


def what_travels(carried: Carried, border: Border, *, book: RuleBook) -> tuple[Right, ...]:
    """Each right known of this person, what is to be asked for first, then what is lost, then what is kept."""
    found = [
        _visit(carried.visits, border, book),
        *(_saved(each, carried.spells, border) for each in still_open(carried.saved)),
        *_seniority(carried, border, book),
        *_learnt(carried.learnt),
        *(_title(each, border) for each in carried.titles),
    ]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.verdict)))


def to_do(rights: Iterable[Right]) -> list[Right]:
    """Those of which something is to be asked for before the last day."""
    return [each for each in rights if each.verdict is _ASK]


def _until(border: Border) -> str:
    return "sans attendre" if border.is_crossed else f"au plus tard le {french_date(border.by)}"


def _visit(visits: tuple[VisitNoted, ...], border: Border, book: RuleBook) -> Right:
    """The dispensation from a new visit: same work, recent enough, no adjustment asked for meanwhile, the paper handed over."""
    latest = latest_visit(each for each in visits if each.kind is not VisitKind.RETURN)
    on_mission = border.to is Destination.ETTI
    if border.to is Destination.EITI:
        return _visit_right(
            _LOST, "", "Sans contrat de travail, aucun employeur n’organise la visite.",
            "Code du travail, art. L4621-3", _U,
            "Voyez avec la structure si elle affilie la personne à un service de prévention.",
            "Vous travaillerez à votre compte : demandez qui suit votre santé au travail.",
        )  # fmt: skip
    if latest is None:
        name = figures.VISIT_FIRST_LENT if border.to is Destination.AI else figures.VISIT_FIRST
        months = book.whole(name, on=border.on)
        within = f"{'dans le mois' if months == 1 else f'dans les {months} mois'}, ou avant de commencer si le travail l’exige"
        return _visit_right(
            _ASK, "", f"Aucune visite n’est notée. Sans papier à montrer, le nouvel employeur l’organise {within}.",
            book.basis(name, on=border.on), _C,
            f"Demandez l’attestation de suivi à la personne ou à son employeur {_until(border)}.",
            "Cherchez votre dernière attestation de suivi, et gardez-la.",
        )  # fmt: skip
    if border.tie is Tie.SAME and not on_mission:
        return _visit_here(latest, border, book)
    last = travels_until(latest, on_mission=on_mission, on=border.on, book=book)
    basis = book.basis(travels_figure(latest, on_mission=on_mission), on=border.on)
    made = f"Visite du {french_date(latest.made_on)}"
    if border.on > last:
        return _visit_right(
            _LOST, "", f"{made} : elle ne servait à un autre employeur que jusqu’au {french_date(last)}.", basis, _C,
            "Le nouvel employeur organise une visite : prévenez-le.", "Une nouvelle visite médicale aura lieu.",
        )  # fmt: skip
    if _was_adjusted(visits, latest, border, on_mission=on_mission, book=book):
        return _visit_right(
            _LOST, "", f"{made} : des aménagements ont été demandés depuis, une nouvelle visite est due.", basis, _C,
            "Dites seulement au nouvel employeur qu’une visite est à prévoir ; le reste est à la personne.",
            "Une nouvelle visite médicale aura lieu. Vous n’avez rien à dire de votre santé à l’employeur.",
        )  # fmt: skip
    if others := [job for job in border.jobs if latest.jobs and job not in latest.jobs]:
        return _visit_right(
            _LOST, "", f"{made} : elle ne couvre pas {', '.join(others)}.", basis, _C,
            "Le nouvel employeur organise une visite pour ce travail : prévenez-le.",
            "Le travail change : une nouvelle visite médicale aura lieu.",
        )  # fmt: skip
    covers = f" pour {', '.join(latest.jobs)}" if latest.jobs else ""
    given = latest.service or "l’employeur d’aujourd’hui"
    before = "" if border.is_crossed else " avant de partir"
    return _visit_right(
        _ASK, f"jusqu’au {french_date(last)}",
        f"{made}{covers} : elle sert encore si le travail est le même, avec les mêmes risques, et si le papier est remis.",
        basis, _C,
        f"Demandez {_paper(latest)} à {given} {_until(border)}, et remettez-{'le' if latest.paper.is_aptitude else 'la'} "
        "au service du nouvel employeur.",
        f"Demandez votre {latest.paper.words}{before} : elle peut vous éviter une nouvelle visite."
        if not latest.paper.is_aptitude
        else f"Demandez votre avis d’aptitude{before} : il peut vous éviter un nouvel examen.",
    )  # fmt: skip


def _paper(visit: VisitNoted) -> str:
    return "l’avis d’aptitude" if visit.paper.is_aptitude else "l’attestation de suivi"


def _visit_here(visit: VisitNoted, border: Border, book: RuleBook) -> Right:
    basis = "Code du travail, art. R4624-16 à R4624-28"
    if is_up_to_date(visit, border.on, book=book):
        return _visit_right(
            _KEPT, "", "L’employeur reste le même : le suivi continue.", basis, _C, "",
            "Votre suivi médical continue.",
        )  # fmt: skip
    return _visit_right(
        _ASK, "", f"Visite du {french_date(visit.made_on)} : la suivante est due.", basis, _C,
        "Demandez une visite au service de prévention.", "Une visite médicale est à refaire : parlez-en.",
    )  # fmt: skip


def _visit_right(
    verdict: Verdict, amount: str, sentence: str, basis: str, confidence: Confidence, way_out: str, plain: str
) -> Right:
    return Right("visit", "Visite médicale", verdict, amount, sentence, basis, confidence, way_out, plain)


def _was_adjusted(
    visits: tuple[VisitNoted, ...], latest: VisitNoted, border: Border, *, on_mission: bool, book: RuleBook
) -> bool:
    """Whether any paper of the same span asked for adjustments: the dispensation falls with the first one."""
    span = book.whole(travels_figure(latest, on_mission=on_mission), on=border.on)
    since = months_after(border.on, -span)
    return any(each.paper.has_adjustments and since <= each.made_on for each in visits)


def _saved(saved: SavedNoted, spells: tuple[Spell, ...], border: Border) -> Right:
    """Days are owed by the employer with whom they were earned: they are taken, paid or, for an account, moved."""
    amount = f"{decimal_in_words(saved.days)}{NBSP}{'jour' if saved.days < 2 else 'jours'}"
    owed = f", dus par {saved.owed_by}" if saved.owed_by else ""
    counted = f"Compté{'' if saved.days < 2 else 's'} au {french_date(saved.counted_on)}{owed}."
    code, label = f"saved_{saved.kind.lower()}", saved.kind.label
    if border.tie is Tie.SAME:
        return Right(
            code, label, _KEPT, amount,
            f"{counted} Gardés si le contrat continue ou se renouvelle sans coupure ; sinon ils se paient.", _LEAVE, _P,
            plain=f"Vos {amount} de {saved.kind.words} vous restent si vous restez chez le même employeur.",
        )  # fmt: skip
    if saved.kind is SavedKind.ACCOUNT:
        where = (
            "Un accord du groupe peut les faire suivre"
            if border.tie is Tie.GROUP
            else "Un accord peut les faire suivre"
        )
        return Right(
            code, label, _ASK, amount,
            f"{counted} {where} ; sinon ils se paient, ou se consignent à la Caisse des dépôts si l’employeur est d’accord.",
            _ACCOUNT, _P,
            f"Demandez à la paie, {_until(border)}, ce que dit l’accord ; la consignation se demande par écrit.",
            f"Demandez ce que deviennent vos {amount} de compte épargne-temps : payés, ou mis de côté pour plus tard.",
        )  # fmt: skip
    if saved.kind is SavedKind.REST:
        return Right(
            code, label, _ASK, amount, f"{counted} Ils se prennent avant la fin, ou se paient selon l’accord.",
            _NO_TEXT_REST, _U, f"Demandez à la paie s’ils se prennent ou se paient, {_until(border)}.",
            f"Demandez si vos {amount} de repos se prennent ou se paient.",
        )  # fmt: skip
    is_mission = any(each.is_mission and each.place == saved.place for each in spells)
    taken = saved.fate is SavedFate.TO_TAKE
    return Right(
        code, label, _ASK, amount,
        f"{counted} Ils ne suivent pas : ce qui n’est pas pris à la fin du contrat est payé.",
        _LEAVE_MISSION if is_mission else _LEAVE_CDD, _C,
        (f"À prendre {_until(border)} ; sinon, l’" if taken and not border.is_crossed else "L’")
        + "indemnité compensatrice se vérifie sur le dernier bulletin.",
        f"Vos {amount} de congés se paient s’ils n’ont pas été pris : regardez votre dernier bulletin."
        if border.is_crossed
        else f"Vos {amount} de congés se prennent avant de partir, ou se paient : regardez votre dernier bulletin.",
    )  # fmt: skip


def _seniority(carried: Carried, border: Border, book: RuleBook) -> Iterator[Right]:
    """Counted with the employer one leaves; missions are of the firm where they were done, three months before it hires."""
    spells = [each for each in carried.spells if each.place == carried.place and each.start < border.on]
    if not spells:
        return
    last = days_after(border.on, -1)
    worked = merge((each.start, min(each.end or last, last)) for each in spells)
    amount = total_length(worked).in_words
    if border.tie is Tie.SAME:
        gap = days_inclusive(worked[-1][1], border.on) - 2
        if gap <= 0:
            yield _seniority_right(
                _KEPT, amount, "Le travail continue sans coupure chez le même employeur.", _SAME_SENIORITY, _C, "",
                "Votre ancienneté continue.",
            )  # fmt: skip
        else:
            yield _seniority_right(
                _ASK, amount, f"Une coupure de {days_in_words(gap)} : la reprise n’est pas de droit.", _NO_TEXT, _P,
                "Demandez qu’elle soit écrite dans le contrat.",
                "Demandez si votre ancienneté est reprise.",
            )  # fmt: skip
        return
    missions = [each for each in spells if each.is_mission]
    if missions and border.to is Destination.ORDINARY:
        yield _after_missions(missions, border, book)
        return
    yield _seniority_right(
        _LOST, amount,
        "Un groupe n’est pas un employeur : elle repart de zéro, sauf si un accord ou le contrat la reprend."
        if border.tie is Tie.GROUP
        else "Elle repart de zéro chez un autre employeur, sauf si un accord ou le contrat la reprend.",
        _NO_TEXT, _P, "Demandez la reprise d’ancienneté avant la signature.",
        "Votre ancienneté repart de zéro : demandez, avant de signer, si elle peut être reprise.",
    )  # fmt: skip


def _after_missions(missions: list[Spell], border: Border, book: RuleBook) -> Right:
    months = book.whole(figures.MISSIONS_COUNT, on=border.on)
    basis = book.basis(figures.MISSIONS_COUNT, on=border.on)
    since, last = months_after(border.on, -months), days_after(border.on, -1)
    days = counted_days(missions, since, last)
    if not days:
        return _seniority_right(
            _LOST, "", f"Aucune mission dans les {months} mois qui précèdent l’embauche.", basis, _C,
            "Demandez la reprise d’ancienneté avant la signature.", "Votre ancienneté repart de zéro.",
        )  # fmt: skip
    return _seniority_right(
        _ASK, days_in_words(days),
        f"Si l’employeur est celui où les missions ont eu lieu, celles des {months} derniers mois comptent ; ailleurs, aucune.",
        basis, _C, "Donnez au nouvel employeur les contrats de mission de ces mois.",
        "Gardez vos contrats de mission : ceux des derniers mois comptent si cette entreprise vous embauche.",
    )  # fmt: skip


def counted_days(spells: Iterable[Spell], since: date, last: date) -> int:
    """Days of these spells from `since` to `last`, both included, a day counted once."""
    within = [
        (max(each.start, since), min(each.end or last, last))
        for each in spells
        if each.start <= last and (each.end is None or each.end >= since)
    ]
    return sum(days_inclusive(*each) for each in merge(within))


def _seniority_right(
    verdict: Verdict, amount: str, sentence: str, basis: str, confidence: Confidence, way_out: str, plain: str
) -> Right:
    return Right("seniority", "Ancienneté", verdict, amount, sentence, basis, confidence, way_out, plain)


def _learnt(learnt: tuple[Learnt, ...]) -> Iterator[Right]:
    if not learnt:
        return
    hours = sum((each.hours or Decimal(0) for each in learnt), Decimal(0))
    amount = f"{decimal_in_words(hours)}{NBSP}h" if hours else ""
    bare = [each.title for each in learnt if not each.is_certified]
    unknown = sum(each.hours is None for each in learnt)
    more = f" Heures inconnues pour {unknown} formation{'s' if unknown > 1 else ''}." if unknown else ""
    yield Right(
        "training", "Formations suivies", _KEPT, amount,
        f"Ce qui est appris reste à la personne, chez tout employeur.{more}", _TRAINED, _P,
        f"Vérifiez que la personne a l’attestation de : {', '.join(bare)}." if bare else "",
        "Vos formations restent à vous : gardez leurs attestations.",
    )  # fmt: skip


def _title(title: TitleHeld, border: Border) -> Right:
    until = f"jusqu’au {french_date(title.expires_on)}" if title.expires_on else ""
    code = "title"
    if title.expires_on is not None and title.expires_on < border.on:
        return Right(
            code, title.label, _LOST, until, "Elle ne sera plus valable ce jour-là.", _TITLES, _C,
            "Prévoyez le renouvellement.", f"« {title.label} » est à renouveler.",
        )  # fmt: skip
    if title.is_the_employers and border.tie is not Tie.SAME:
        return Right(
            code, title.label, _LOST, "", "L’employeur la donne pour son propre travail : le suivant en donne une autre.",
            _EMPLOYERS_TITLES, _C, "Montrez au nouvel employeur la formation suivie : il peut s’appuyer sur elle.",
            f"« {title.label} » : votre nouvel employeur doit vous en donner une autre.",
        )  # fmt: skip
    return Right(
        code, title.label, _KEPT, until, "Elle suit la personne.", _TITLES, _C, "",
        f"« {title.label} » reste à vous.",
    )  # fmt: skip
