"""The critical modules, the narrow tests that judge each, and the mistakes that change nothing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Critical:
    """What one promise rests on: its module, the tests that must see a mistake there, what cannot be seen and why."""

    name: str
    file: str
    tests: tuple[str, ...]
    same: dict[str, str] = field(default_factory=dict)
    """Mistakes after which the module does the very same thing, by name, each with the reason."""


LEAST = 90
"""Of a hundred mistakes, how many the tests must see in each module."""

NO_CODE_YET = "les périodes de trente secondes se comptent depuis 1970 : celles d’aujourd’hui viennent après −1 comme après −2"

CRITICAL = (
    Critical(
        "second facteur",
        "backend/accounts/second_factor.py",
        (
            "tests/backend/accounts/test_what_counts_as_proved.py",
            "tests/backend/accounts/test_second_factor.py",
            "tests/backend/accounts/keys/test_keys.py",
        ),
        same={
            "spend : 1 → 2": NO_CODE_YET,
            "next_code : 1 → 2": NO_CODE_YET,
            "current_code : 1 → 2": NO_CODE_YET,
        },
    ),
    Critical(
        "accord de la personne",
        "employers/services/consents.py",
        ("tests/employers/services/test_consent_services.py",),
    ),
    Critical(
        "règles de sortie",
        "pathways/rules/exits/findings.py",
        ("tests/pathways/rules/test_exit_findings.py",),
    ),
    Critical(
        "masquage",
        "reports/exits/compute/masking.py",
        (
            "tests/reports/exits/compute/test_exit_masking.py",
            "tests/reports/exits/compute/test_tables_together.py",
        ),
        same={
            "mask : 1 → 2": "le rang d’une ligne ne fait que la nommer : de 2 à n + 1, les noms restent distincts"
        },
    ),
    Critical(
        "portée",
        "pathways/doors.py",
        (
            "tests/pathways/test_whose_door_is_open.py",
            "tests/pathways/test_visibility.py",
            "tests/pathways/test_beyond_caseload.py",
        ),
        same={
            "_remembered : 1 → 2": "une ligne lue en trop suffit à savoir qu’il y en a trop ; deux le disent aussi, et aucune n’est rendue"
        },
    ),
    Critical(
        "portée du fil",
        "pathways/querysets/thread.py",
        (
            "tests/pathways/test_whose_rows_of_the_thread.py",
            "tests/pathways/test_visibility.py",
        ),
    ),
)
