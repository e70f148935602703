"""What the pieces and the PDFs need of the system, in words."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

from backend.core.health.findings import Gravity, Trouble

DRAWS = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
"""What WeasyPrint asks of Debian; it is asked the same way, without loading WeasyPrint itself."""
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-dejavu-core")
_NO_PDF = Trouble(
    "pdf",
    Gravity.DEGRADED,
    "Il manque au système de quoi dessiner les PDF : le passeport de compétences ne s’imprime que depuis le navigateur.",
    f"apt-get install -y {' '.join(PACKAGES)}, puis relancez le service",
)
_load: Callable[[str], object] = ctypes.CDLL


def drawing() -> Trouble | None:
    """The libraries that draw a PDF are there; looked for where we install, on Linux."""
    if sys.platform != "linux":
        return None
    try:
        for library in DRAWS:
            _load(library)
    except OSError:
        return _NO_PDF
    return None
