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


def installed(folder: Path, *, people: int = 0, **more: str) -> tuple[dict[str, str], str]:
    """The environment of the service, and the link that its first manager received; `people` invented ones may live there."""
    more = {"EMAIL_URL": "smtp://127.0.0.1:9", **more}
    env = environment(folder / "data", PORT=str(free_port()), **more)
    done(env, "migrate", "-v0")
    if people:  # only a trial invents people
        many = ("--people", str(people), "--structures", str(max(2, people // 60)))
        done({**env, "SIZE": "", "ALLOWED_HOSTS": ""}, "demo-data", *many, timeout=7200)
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


def texts(env: dict[str, str], *, since: str = "") -> list[str]:
    """The texts of every follow-up kept, in the order they came; only those that begin so, when it is said."""
    found = json.loads(done(env, "shell", "--no-imports", "-c", _TEXTS, timeout=1200).splitlines()[-1])
    return [text for text in found if text.startswith(since)]
