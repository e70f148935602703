"""The same request sent twice under one key is done once, and answered twice alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from backend.core.actor import Actor
from backend.core.errors import Conflict
from backend.core.idempotency import Answer, digest_of, remember, reserve
from backend.core.models import IdempotencyRecord
from backend.core.sealing.encryption import Undecipherable, decrypt, encrypt

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,80}")
_BAD_KEY = "Une clé compte de 1 à 80 caractères simples, sans espace. Un identifiant tiré au hasard convient."


def once(request: Request, actor: Actor, work: Callable[[], Response]) -> Response:
    """Do the work in one transaction; with a key already used for the same request, give its answer again."""
    key = _key_of(request)
    with transaction.atomic():
        if key is None or actor.user_id is None:
            return work()
        stored = reserve(user_id=actor.user_id, key=key, digest=_digest(request, actor))
        if stored is not None:
            return _again(stored)
        response = work()
        remember(user_id=actor.user_id, key=key, answer=_kept(response))
        return response


def _key_of(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is not None and not _KEY.fullmatch(key):
        raise ValidationError({HEADER: [_BAD_KEY]})
    return key


def _digest(request: Request, actor: Actor) -> str:
    body = json.dumps(request.data, sort_keys=True, default=str)
    return digest_of(request.method or "", request.path, actor.seat, body)


def _kept(response: Response) -> Answer:
    content = {"data": response.data, "etag": response.headers.get("ETag", "")}
    sealed = encrypt(json.dumps(content, cls=JSONEncoder), context=IdempotencyRecord.SEALED_FOR)
    return Answer(response.status_code, sealed, response.headers.get("Location", ""))


def _again(stored: Answer) -> Response:
    try:
        content: dict[str, Any] = json.loads(decrypt(stored.body, context=IdempotencyRecord.SEALED_FOR))
    except Undecipherable as error:
        raise Conflict(
            "answer_unreadable",
            "Cette demande a déjà été enregistrée, mais sa réponse ne peut plus être lue. Relisez ce qui est enregistré.",
        ) from error
    headers = {"ETag": content["etag"], "Location": stored.location, "Idempotency-Replayed": "true"}
    return Response(content["data"], stored.status, headers={k: v for k, v in headers.items() if v})
