"""A service installed in a folder, with the invitation of its first manager; both sizes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.backend.operations.installations import done, environment, free_port
from tests.rehearsals.killing import EMAIL, HOST

_TEXTS = (
    "import json; from pathways.models import Interview; "
    "print(json.dumps(list(Interview.objects.order_by('pk').values_list('synthesis', flat=True))))"
)


def installed(folder: Path, **more: str) -> tuple[dict[str, str], str]:
    """The environment of the service, and the link that its first manager received."""
    env = environment(folder / "data", PORT=str(free_port()), EMAIL_URL="smtp://127.0.0.1:9", **more)
    done(env, "migrate", "-v0")
    done(env, "collectstatic", "--no-input", "-v0")
    done(env, "load-starter")
    said = done(
        env,
        "open-structure",
        "Chantier des Rives",
        "--kind",
        "ACI",
        "--email",
        EMAIL,
        "--site",
        f"https://{HOST}",
    )
    return env, re.search(r"https://\S+/invitation/\S+", said)[0]


def texts(env: dict[str, str]) -> list[str]:
    """The texts of every follow-up kept, in the order they came."""
    return json.loads(done(env, "shell", "--no-imports", "-c", _TEXTS).splitlines()[-1])
