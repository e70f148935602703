"""The CV as a tagged PDF, drawn from the same page as the one on screen."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string

import competences
from backend.files.tagged_pdf import tagged_pdf
from competences.selectors.cvs.page import CvPage

_SHEET = Path(competences.__file__).parent / "static" / "competences" / "cv.css"


def cv_pdf(made: CvPage) -> bytes:
    """One A4 page; `DomainError` where the system draws no PDF."""
    style = _SHEET.read_text(encoding="utf-8")
    return tagged_pdf(render_to_string("competences/cv/document.html", {"made": made, "style": style}))
