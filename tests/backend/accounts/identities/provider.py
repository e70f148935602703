"""A real OpenID Connect provider, small: it runs on this machine and speaks HTTP; each test may have it lie in one way."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse

from backend.settings.env import ProviderOfIdentities
from tests.pages import text_of

LOGIN, LINK, BACK = reverse("identity_login"), reverse("identity_link"), reverse("identity_callback")
PROVE, OPEN, INDEX = reverse("mfa_authenticate"), reverse("web:tokens"), reverse("mfa_index")
TWO = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"
KEY = rsa.generate_private_key(65537, 2048)
CLIENT_ID, CLIENT_SECRET = "passerelles-essai", "un-secret-invente-pour-les-essais"


def _public(key: rsa.RSAPrivateKey, name: str) -> dict[str, Any]:
    told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {**told, "kid": name, "use": "sig", "alg": "RS256"}


@dataclass
class Provider:
    """Who is signed in at the provider is `subject`; `claims`, `headers`, `signed_by`, `told` and `answers` are its lies."""

    subject: str = "sujet-1"
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    signed_by: Any = None
    algorithm: str = "RS256"
    key_name: str = "cle-1"
    asked: list[str] = field(default_factory=list)
    key: rsa.RSAPrivateKey = KEY
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Provider:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def named(self, *two_factors: str) -> ProviderOfIdentities:
        """As the settings name it, with the levels that count for two factors."""
        return ProviderOfIdentities(
            self.issuer, CLIENT_ID, CLIENT_SECRET, "ProConnect", frozenset(two_factors)
        )

    def description(self) -> dict[str, Any]:
        """What is read at the well-known address."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/end",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.told,
        }

    def authorize(self, address: str) -> str:
        """Somebody agrees at the provider: where their browser is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def in_a_browser(self, address: str) -> tuple[int, bytes] | None:
        """The pages where a browser comes: somebody agrees at once, or leaves."""
        match urlsplit(address).path:
            case "/authorize":
                return 302, self.authorize(address).encode()
            case "/end":
                return 200, b"<!DOCTYPE html><html lang='fr'><title>Fin</title><p>Au revoir.</p></html>"
            case "/favicon.ico":
                return 204, b""
        return None

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code is changed once, by whoever asked for it, for a token that says who it is."""
        request = self.codes.pop(asked.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest())
        if (
            request is None
            or (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET)
            or asked.get("redirect_uri") != request["redirect_uri"]
            or (request.get("code_challenge_method"), request.get("code_challenge"))
            != ("S256", proof.rstrip(b"=").decode())
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": request.get("nonce"),
        }
        said = {name: value for name, value in {**said, **self.claims}.items() if value is not None}
        token = jwt.encode(
            said, self.signed_by or self.key, algorithm=self.algorithm, headers={"kid": self.key_name}
        )
        return 200, {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": token}

    def _handler(provider) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages = {
                    "/.well-known/openid-configuration": provider.description,
                    "/keys": lambda: {"keys": [_public(provider.key, "cle-1")]},
                }
                self._say(
                    urlsplit(self.path).path,
                    lambda path: provider.in_a_browser(self.path) or (200, pages[path]()),
                )

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                asked = {name: values[0] for name, values in parse_qs(sent).items()}
                self._say(self.path, lambda path: provider.token(asked))

            def _say(self, path: str, answer: Any) -> None:
                provider.asked.append(path)
                lie = provider.answers.get(path)
                if lie == "silence":
                    provider.over.wait(30)
                    return
                if callable(lie):
                    lie(self)
                    return
                status, body = answer(path) if lie is None else lie
                text = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", body.decode())
                self.send_header(
                    "Content-Type", "text/html" if text.startswith(b"<!") else "application/json"
                )
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: Any) -> None:
                """Silent."""

        return Handler


def named(settings, provider: Provider, *two_factors: str) -> None:
    """The settings name this provider, and the levels that count for two factors."""
    settings.IDENTITY_PROVIDER = provider.named(*two_factors)


def through(client, provider, start=LOGIN):
    """To the provider, where somebody agrees, and back."""
    towards = client.get(start)
    assert towards.status_code == 302, text_of(towards)
    assert towards.url.startswith(f"{provider.issuer}/authorize?")
    return client.get(provider.authorize(towards.url))
