"""How a key is kept: its name and what verifies it are sealed, for the account they belong to.

What a service keeps of a key is no secret (WebAuthn Level 3, 4): its public half. It is sealed all the same, so that
whoever may write in the base, without our keys, neither adds one of theirs nor moves one to another account.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.utils import decrypt, encrypt

from backend.core.sealing.encryption import Undecipherable


def seal(account_id: int, content: Any) -> str:
    """A content that opens for this account alone."""
    return encrypt(json.dumps({"account": account_id, "content": content}))


def opened(account_id: int, sealed: str) -> Any:
    """What was sealed; `Undecipherable` when it was for another account, or by nobody of ours."""
    kept = json.loads(decrypt(sealed))
    if kept["account"] != account_id:
        raise Undecipherable
    return kept["content"]
