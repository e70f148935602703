"""The two files of a CV: who makes each, and under which name its person keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from backend.core.values.text import normalise
from competences.selectors.cvs.page import CvPage
from competences.services.cvs.pdf import cv_pdf
from competences.services.cvs.word import cv_docx


@dataclass(frozen=True, slots=True)
class CvFile:
    """One kind of file."""

    name: str
    content_type: str
    make: Callable[[CvPage], bytes]

    def answer(self, content: bytes, made: CvPage) -> HttpResponse:
        """The file to save, named as who receives it will look for it; nothing of it stays on the way."""
        answer = HttpResponse(content, content_type=self.content_type)
        called = "-".join(["cv", *normalise(made.head.name).split()])
        answer["Content-Disposition"] = f'attachment; filename="{called}.{self.name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer


PDF = CvFile("pdf", "application/pdf", cv_pdf)
DOCX = CvFile("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", cv_docx)
