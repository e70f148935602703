"""A page of ours as a tagged PDF (PDF/UA-1): title, language, headings and tables that a screen reader follows."""

from __future__ import annotations

from backend.core.errors import DomainError

_NONE = (
    "Ce service ne sait pas fabriquer de PDF : il lui manque Pango. Imprimez la page depuis votre navigateur, et prévenez "
    "l’exploitation (docs/installer.md)."
)


def tagged_pdf(page: str) -> bytes:
    """The PDF of a whole HTML page; nothing is fetched, neither from the network nor from the disk.

    `DomainError` where the system has no Pango: everything else of the product works without it.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise DomainError("no_pdf", _NONE) from error
    # No scheme is allowed: a link points, and nothing is read from the network nor from the disk.
    nothing_outside = URLFetcher(allowed_protocols=())
    made: bytes = HTML(string=page, url_fetcher=nothing_outside).write_pdf(pdf_variant="pdf/ua-1")
    return made
