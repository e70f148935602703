"""The CV of one person, as their choice makes it today, or as the product proposes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from backend.core.sealing.encryption import Unread
from backend.core.values.identifiers import spaced_phone
from competences.enums import CvPart
from competences.models import Cv
from competences.rules.cvs import Head, Line, Page, chosen_among, fit
from competences.selectors.cvs.lines import is_of_a_contract, lines_offered
from pathways.models import Beneficiary


@dataclass(frozen=True, slots=True)
class CvPage:
    """Who, what stands on the page, what was chosen and finds no room, and every line that may be chosen."""

    person: Beneficiary
    cv: Cv
    head: Head
    page: Page
    offered: tuple[Line, ...]

    @property
    def shown(self) -> list[str]:
        """Keys of the lines chosen, or proposed, whether the page holds them or not."""
        lines = [*(line for section in self.page.sections for line in section.lines), *self.page.left_out]
        return [line.key for line in lines]


def cv_of(actor: Actor, person: Beneficiary) -> Cv:
    """What was chosen; a blank choice, not saved, where nobody chose yet."""
    kept = Cv.objects.visible_to(actor).filter(beneficiary=person).first()
    return kept or Cv(beneficiary=person)


def cv_page(actor: Actor, person: Beneficiary, *, today: date) -> CvPage:
    """The page, within what the actor may see. A constant number of queries."""
    cv = cv_of(actor, person)
    offered = lines_offered(actor, person, cv, today=today)
    head = _head(person, cv, offered)
    chosen = chosen_among(offered, cv.shown if cv.is_chosen else None, head=head)
    return CvPage(person, cv, head, fit(chosen, first=CvPart(cv.first), head=head), tuple(offered))


def _head(person: Beneficiary, cv: Cv, offered: list[Line]) -> Head:
    contacts = (
        spaced_phone(person.phone) if cv.shows_phone and person.phone else "",
        person.email if cv.shows_email else "",
        cv.town,
    )
    return Head(
        name=str(person),
        title=_read(cv.title) or ("" if cv.is_chosen else _last_trade(offered)),
        contacts=tuple(filter(None, contacts)),
        presentation=_read(cv.presentation),
        languages=cv.languages,
    )


def _read(text: str) -> str:
    """A sealed text; nothing on a paper for one that no key opens."""
    return "" if isinstance(text, Unread) else str(text)


def _last_trade(offered: list[Line]) -> str:
    """Before anybody says which trade is looked for: the last one held."""
    return next((each.what for each in offered if is_of_a_contract(each) and each.is_proposed), "")
