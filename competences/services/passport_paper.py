"""The paper: plain French, four statuses apart, who attests what, and how to check it."""

from __future__ import annotations

from django.template.loader import render_to_string

from backend.files.tagged_pdf import tagged_pdf
from competences.models import Passport
from competences.selectors.passports import read_content, sections_of, titles_of


def passport_document(passport: Passport, *, check_address: str) -> bytes:
    """The tagged PDF of a passport, with the address where it is checked."""
    name, lines = read_content(passport)
    page = render_to_string(
        "competences/passport/document.html",
        {
            "name": name,
            "passport": passport,
            "sections": sections_of(lines),
            "titles": titles_of(lines),
            "check_address": check_address,
        },
    )
    return tagged_pdf(page)
