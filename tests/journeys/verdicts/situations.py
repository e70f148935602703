"""More than two hundred situations somebody might type, each on both sides of the limit it stands by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind, Decider, DerogationMotive, ProlongationMotive
from tests.journeys.hostile_facts import CDDI, RENEWED, Row, contract, diagnosed, iae, tried, worked

SIAE = ("AI", "ETTI", "ACI", "EI", "EITI")
CDDI_SIGNERS = ("AI", "ACI", "EI")
EMPLOYERS = tuple(kind for kind in StructureKind.values if kind != "EITI")
SIGNED_BY = {
    "CDDI": CDDI_SIGNERS, "CDDU": ("AI", "ASP-SAP"), "CTT": ("ETTI",), "CDI-I": ("AI", "ETTI", "ACI", "EI"), "EITI": (),
    "APPRENTISSAGE": EMPLOYERS, "PROFESSIONNALISATION": EMPLOYERS, "PASSERELLE": (), "CDI": tuple(StructureKind.values), "CDD": tuple(StructureKind.values),
}  # fmt: skip
"""Which structure signs which contract on the first days of 2027 (art. L5132-5 to L5132-15-1): two experiments are over."""


@dataclass(frozen=True)
class Situation:
    """One line, in a structure of this kind that knows `before`; whether `code` is among what refuses it."""

    name: str
    code: str
    is_refused: bool
    kind: str
    file: str
    line: Row
    before: dict[str, list[Row]] = field(default_factory=dict)
    born: str = ""
    is_offered: bool = True
    """Whether the screen lets it be typed at all."""


def known(*contracts: Row, **more: list[Row]) -> dict[str, list[Row]]:
    """A person who is there, with these contracts or one that stands beside everything."""
    return {"contrats": list(contracts) or [contract("c1", "2026-01-05")], **more}


def suspended(key: str, start: str, end: str, motive: str = "CONTRAT_ROMPU") -> Row:
    return {
        "salarie_id": "p1", "id": key, "numero": "999990000001", "motif": motive, "date_debut": start, "date_fin": end,
    }  # fmt: skip


def prolonged(motive: str, end: str, asked: str = "2026-11-20", start: str = "2026-12-31") -> Row:
    return {
        "salarie_id": "p1", "id": "l1", "numero": "999990000001", "motif": motive, "date_debut": start, "date_fin": end,
        "demandee_le": asked, "etat": "DEMANDEE",
    }  # fmt: skip


def lifted(motive: str, decider: str, start: str, end: str, **more: str) -> Row:
    return {
        "salarie_id": "p1", "id": "g1", "motif": motive, "decidee_par": decider, "date_debut": start, "date_fin": end,
        "demandee_le": "2026-11-20", "etat": "DEMANDEE", **more,
    }  # fmt: skip


def two_sides(
    name: str, code: str, kind: str, file: str, inside: Row, outside: Row, before=None, born: str = ""
) -> Iterator[Situation]:
    """The last that passes, the first that does not."""
    for side, line in (("inside", inside), ("outside", outside)):
        yield Situation(
            f"{file}-{name}-{kind}-{side}", code, side == "outside", kind, file, line, before or known(), born
        )


def who_signs_what() -> Iterator[Situation]:
    """R41: each contract in each structure."""
    for kind in StructureKind.values:
        for signed in ContractKind.values:
            end = "" if signed in {"CDI", "CDI-I"} else "2027-07-03"
            line = contract("c2", "2027-01-04", end, signed, heures_hebdo="26")
            is_refused = kind not in SIGNED_BY[signed]
            yield Situation(f"signs-{kind}-{signed}", "contract_kind", is_refused, kind, "contrats", line, known(),
                            is_offered=not is_refused)  # fmt: skip


def contracts() -> Iterator[Situation]:
    """R01, R02, R06, R14."""

    def cddi(end: str, **more: str) -> Row:
        return contract("c2", "2026-12-01", end, CDDI, **more)

    year_and_a_half = known(contract("c1", "2025-06-01", "2026-11-30", CDDI))
    for kind in CDDI_SIGNERS:
        yield from two_sides(
            "four-months", "cddi_minimum", kind, "contrats", cddi("2027-03-31"), cddi("2027-03-30")
        )
        yield from two_sides("two-years", "cddi_ceiling", kind, "contrats", cddi("2027-05-31", **RENEWED),
                             cddi("2027-06-01", **RENEWED), year_and_a_half)  # fmt: skip
        yield from two_sides("same-contract", "contract_twice", kind, "contrats", cddi("2027-05-31"),
                             contract("c2", "2026-09-01", "2027-02-28", CDDI),
                             known(contract("c1", "2026-09-01", "2027-02-28", CDDI)))  # fmt: skip
        yield from two_sides(
            "needs-an-end", "cddi_needs_an_end", kind, "contrats", cddi("2027-05-31"), cddi("")
        )
        yield from two_sides(
            "before-the-end-of-the-pass", "contract_after_pass", kind, "contrats",
            contract("c2", "2026-11-27", "2027-05-31", CDDI), contract("c2", "2026-11-28", "2027-05-31", CDDI),
            known(**{"pass": [iae(1, "2024-11-28", "2026-11-27")]}),
        )  # fmt: skip
        yield from two_sides(
            "diagnosis-of-92-days", "diagnosis_lapsed", kind, "contrats", contract("c2", "2026-11-30", "2027-05-31", CDDI),
            contract("c2", "2026-12-01", "2027-05-31", CDDI), known(eligibilite=[diagnosed("e1", "2026-08-31")]),
        )  # fmt: skip
    for kind in ("ACI", "EI"):
        yield from two_sides("twenty-hours", "cddi_hours", kind, "contrats", cddi("2027-05-31", heures_hebdo="20"),
                             cddi("2027-05-31", heures_hebdo="19.75"))  # fmt: skip
    yield from two_sides(
        "missions-of-two-years", "mission_ceiling", "ETTI", "contrats", contract("c2", "2026-12-01", "2028-11-30", "CTT"),
        contract("c2", "2026-12-01", "2028-12-01", "CTT"), known(),
    )  # fmt: skip
    yield from two_sides(
        "last-day-of-the-experiment", "contract_kind", "EITI", "contrats", contract("c2", "2026-12-31", "2027-06-30", "EITI"),
        contract("c2", "2027-01-01", "2027-06-30", "EITI"), known(),
    )  # fmt: skip
    for kind in SIAE:
        yield from two_sides(
            "ends-with-the-stay", "contract_past_exit", kind, "contrats", contract("c2", "2026-12-01", "2027-02-10", "CDD"),
            contract("c2", "2026-12-01", "2027-02-11", "CDD"),
            known(sorties=[{"salarie_id": "p1", "structure_id": "s1", "date_sortie": "2027-02-10", "motif": "7", "contrat_duree_mois": ""}]),
        )  # fmt: skip


def hours() -> Iterator[Situation]:
    """R08, and the month of a contract."""
    made = known(heures=[worked(month, "190", "ENTREPRISE") for month in ("2026-02", "2026-03")])
    yield from two_sides("480-hours", "hours_480", "AI", "heures", worked("2026-04", "100", "ENTREPRISE"),
                         worked("2026-04", "100.25", "ENTREPRISE"), made)  # fmt: skip
    for kind in SIAE:
        yield from two_sides(
            "first-month",
            "month_outside_contract",
            kind,
            "heures",
            worked("2026-01", "10"),
            worked("2025-12", "10"),
        )
        yield from two_sides(
            "this-month", "month_to_come", kind, "heures", worked("2026-11", "10"), worked("2026-12", "10")
        )


def passes() -> Iterator[Situation]:
    """R14, R19."""
    for kind in ("ACI", "ETTI", "AI"):
        yield from two_sides(
            "two-years-between", "pass_waiting", kind, "pass", iae(2, "2027-01-01", "2028-12-30"), iae(2, "2026-12-31", "2028-12-29"),
            known(**{"pass": [iae(1, "2023-01-01", "2024-12-31")]}),
        )  # fmt: skip
        yield from two_sides(
            "one-after-the-other", "pass_overlap", kind, "pass", iae(2, "2026-12-25", "2028-12-23"), iae(2, "2026-12-24", "2028-12-22"),
            known(**{"pass": [iae(1, "2024-12-25", "2026-12-24")]}),
        )  # fmt: skip


def suspensions() -> Iterator[Situation]:
    """R15, R16, R17."""
    under = known(**{"pass": [iae(1, "2025-12-01", "2027-11-30")]})
    again = under | {"suspensions": [suspended("u0", "2026-04-01", "2026-04-30")]}
    for kind in ("ACI", "EI", "AI", "ETTI", "EITI"):

        def sides(
            name: str, code: str, inside: Row, outside: Row, before=under, kind=kind
        ) -> Iterator[Situation]:
            return two_sides(name, code, kind, "suspensions", inside, outside, before)

        yield from sides("backwards", "suspension_backwards", suspended("u1", "2026-09-01", "2026-09-01"),
                         suspended("u1", "2026-09-01", "2026-08-31"))  # fmt: skip
        yield from sides("more-than-15-days", "suspension_too_short", suspended("u1", "2026-09-01", "2026-09-16", "CONTRAT_SUSPENDU"),
                         suspended("u1", "2026-09-01", "2026-09-15", "CONTRAT_SUSPENDU"))  # fmt: skip
        yield from sides("36-months", "suspension_too_long", suspended("u1", "2026-09-01", "2029-08-31"),
                         suspended("u1", "2026-09-01", "2029-09-01"))  # fmt: skip
        yield from sides("inside-the-pass", "suspension_outside_pass", suspended("u1", "2025-12-01", "2026-01-31"),
                         suspended("u1", "2025-11-30", "2026-01-31"))  # fmt: skip
        yield from sides("not-to-come", "suspension_to_come", suspended("u1", "2026-11-26", "2026-12-31"),
                         suspended("u1", "2026-11-27", "2026-12-31"))  # fmt: skip
        yield from sides("one-at-a-time", "suspension_overlap", suspended("u1", "2026-05-01", "2026-05-31"),
                         suspended("u1", "2026-04-30", "2026-05-31"), again)  # fmt: skip


def prolongations() -> Iterator[Situation]:
    """R20, R21: of a PASS that ends on 31 December 2026."""
    ending = known(**{"pass": [iae(1, "2025-01-01", "2026-12-31")]})
    for motive in ProlongationMotive.values:
        if motive == ProlongationMotive.SENIOR_CDI:
            continue
        yield from two_sides(f"a-year-{motive}", "prolongation_too_long", "ACI", "prolongations", prolonged(motive, "2027-12-31"),
                             prolonged(motive, "2028-01-01"), ending, born="1960-05-05")  # fmt: skip
    for kind in SIAE:
        yield Situation(f"difficulties-{kind}", "prolongation_motive_elsewhere", kind not in {"AI", "ACI"}, kind, "prolongations",
                        prolonged("DIFFICULTES", "2027-06-30"), ending)  # fmt: skip
    yield from two_sides("fifty-years", "prolongation_age", "EI", "prolongations", prolonged("50_ANS", "2027-06-30"),
                         prolonged("50_ANS", "2027-06-29"), ending, born="1977-06-30")  # fmt: skip
    yield from two_sides("later", "prolongation_not_after", "ACI", "prolongations", prolonged("RQTH", "2027-01-01"),
                         prolonged("RQTH", "2026-12-31"), ending)  # fmt: skip
    yield from two_sides("window-opens", "prolongation_outside_window", "ACI", "prolongations",
                         prolonged("RQTH", "2027-06-30", "2025-12-31"), prolonged("RQTH", "2027-06-30", "2025-12-30"),
                         ending)  # fmt: skip
    for side, end in (("inside", "2026-05-26"), ("outside", "2026-05-25")):
        yield Situation(f"window-closes-{side}", "prolongation_outside_window", side == "outside", "ACI", "prolongations",
                        prolonged("RQTH", "2026-12-31", "2026-11-26", end), known(**{"pass": [iae(1, "2024-06-03", end)]}))  # fmt: skip


def derogations() -> Iterator[Situation]:
    """R03, R04, R05, R07."""
    for kind in SIAE:
        for motive in DerogationMotive.values:
            allowed = {
                DerogationMotive.DIFFICULTIES: ("AI", "ACI"), DerogationMotive.FEW_HOURS: ("ACI",), DerogationMotive.NEW_PASS: SIAE,
            }.get(DerogationMotive(motive), CDDI_SIGNERS)  # fmt: skip
            is_refused = kind not in allowed
            yield Situation(f"motive-{kind}-{motive}", "derogation_motive_elsewhere", is_refused, kind, "derogations",
                            lifted(motive, "PRESCRIPTEUR", "2027-01-05", "2027-06-30", autre_employeur="ORDINAIRE",
                                   fin_formation="2027-06-30"), known(), born="1960-05-05",
                            is_offered=not is_refused)  # fmt: skip
    for decider in Decider.values:
        yield Situation(f"decider-{decider}", "derogation_decider", decider == Decider.PREFET, "ACI", "derogations",
                        lifted("RQTH", decider, "2027-01-05", "2027-06-30"), known())  # fmt: skip
        yield Situation(f"decider-AI-{decider}", "derogation_decider", decider != Decider.PRESCRIBER, "AI", "derogations",
                        lifted("RQTH", decider, "2027-01-05", "2027-06-30"), known())  # fmt: skip

    def sides(name: str, code: str, inside: Row, outside: Row, born: str = "") -> Iterator[Situation]:
        return two_sides(name, code, "ACI", "derogations", inside, outside, known(), born)

    yield from sides("twelve-months", "derogation_too_long", lifted("DIFFICULTES", "PRESCRIPTEUR", "2027-01-05", "2028-01-04"),
                     lifted("DIFFICULTES", "PRESCRIPTEUR", "2027-01-05", "2028-01-05"))  # fmt: skip
    yield from sides("six-months", "derogation_too_long",
                     lifted("CUMUL", "PREFET", "2027-01-05", "2027-07-04", autre_employeur="ORDINAIRE"),
                     lifted("CUMUL", "PREFET", "2027-01-05", "2027-07-05", autre_employeur="ORDINAIRE"))  # fmt: skip
    yield from sides("an-ordinary-employer", "cumul_other_employer",
                     lifted("CUMUL", "PREFET", "2027-01-05", "2027-07-04", autre_employeur="ORDINAIRE"),
                     lifted("CUMUL", "PREFET", "2027-01-05", "2027-07-04", autre_employeur="SIAE"))  # fmt: skip
    yield from sides("four-months-of-pathway", "cumul_too_soon",
                     lifted("CUMUL", "PREFET", "2026-05-05", "2026-08-04", autre_employeur="ORDINAIRE"),
                     lifted("CUMUL", "PREFET", "2026-05-04", "2026-08-03", autre_employeur="ORDINAIRE"))  # fmt: skip
    yield from sides("with-the-training", "derogation_past_training",
                     lifted("FORMATION", "PRESCRIPTEUR", "2027-01-05", "2027-07-04", fin_formation="2027-07-04"),
                     lifted("FORMATION", "PRESCRIPTEUR", "2027-01-05", "2027-07-05", fin_formation="2027-07-04"))  # fmt: skip
    yield from sides("from-fifty", "derogation_age", lifted("50_ANS", "PRESCRIPTEUR", "2027-01-05", "2027-07-04"),
                     lifted("50_ANS", "PRESCRIPTEUR", "2027-01-04", "2027-07-03"), "1977-01-05")  # fmt: skip
    yield from sides("an-end", "derogation_needs_an_end", lifted("RQTH", "PRESCRIPTEUR", "2027-01-05", "2027-07-04"),
                     lifted("RQTH", "PRESCRIPTEUR", "2027-01-05", ""))  # fmt: skip
    yield from sides("the-other-way-round", "derogation_backwards", lifted("RQTH", "PRESCRIPTEUR", "2027-01-05", "2027-01-05"),
                     lifted("RQTH", "PRESCRIPTEUR", "2027-01-05", "2027-01-04"))  # fmt: skip


def immersions() -> Iterator[Situation]:
    """R32, R33, R34."""
    for kind in ("ACI", "EI", "AI", "ETTI"):
        yield from two_sides("one-month", "immersion_month", kind, "immersions", tried("i2", "2026-10-01", "2026-10-31"),
                             tried("i2", "2026-10-01", "2026-11-01"))  # fmt: skip
        yield from two_sides("backwards", "immersion_days", kind, "immersions", tried("i2", "2026-11-20", "2026-11-20"),
                             tried("i2", "2026-11-20", "2026-11-19"))  # fmt: skip


SITUATIONS: tuple[Situation, ...] = (
    *who_signs_what(), *contracts(), *hours(), *passes(), *suspensions(), *prolongations(), *derogations(), *immersions(),
)  # fmt: skip
