"""A job made of tasks, of one employer or shared between several."""

from __future__ import annotations

from django.db import models

from backend.organisations.models import Organisation
from employers.enums import ProposalStatus
from employers.models.employer import Employer
from employers.models.task_analysis import WorkTask
from employers.querysets import JobProposalQuerySet


class JobProposal(models.Model):
    """Tasks put together by the structure; `employers` are those of the tasks, kept in step by the service."""

    title = models.CharField("intitulé", max_length=160)
    organisation = models.ForeignKey(
        Organisation, verbose_name="portée par", on_delete=models.PROTECT, related_name="proposals"
    )
    tasks = models.ManyToManyField(WorkTask, verbose_name="tâches", related_name="proposals")
    employers = models.ManyToManyField(Employer, verbose_name="employeurs", related_name="proposals")
    status = models.CharField("état", max_length=8, choices=ProposalStatus, default=ProposalStatus.OPEN)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = JobProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition de poste"
        verbose_name_plural = "propositions de poste"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether somebody is still looked for: once it is filled or closed, nobody is asked, ranked nor hired for it."""
        return self.status == ProposalStatus.OPEN
