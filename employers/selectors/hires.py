"""How many people an employer hired: one figure, read by the list of employers and by the page of each."""

from __future__ import annotations

from django.db.models import Count

from employers.querysets import EmployerQuerySet


def with_hires(employers: EmployerQuerySet) -> EmployerQuerySet:
    """These employers, each with `hires`: every hire it made, whoever reads the people behind.

    The figure tells of the employer and names nobody; whose hires they are is asked of `Placement.visible_to`.
    """
    return employers.annotate(hires=Count("placements", distinct=True))
