"""SEC-17: tries sent at one instant, from as many browsers and forged addresses, are all counted for the account."""

import threading
from concurrent.futures import ThreadPoolExecutor

from axes.models import AccessAttempt
from django.db import connections
from django.test import Client

from backend.accounts.models import User
from tests.committing import committing
from tests.factories import UserFactory
from tests.signin import type_password

AT_ONCE = 6
"""More than the three that wait for nothing: as many as a service may be looking at when the first is not yet counted."""


def counted():
    return sum(AccessAttempt.objects.values_list("failures_since_start", flat=True))


@committing
def test_each_of_six_at_once_counts_and_the_seventh_waits(monkeypatch):
    email, together, looked = UserFactory().email, threading.Barrier(AT_ONCE), []
    really = User.check_password

    def all_looking(user, password):
        looked.append(password)
        if len(looked) <= AT_ONCE:
            together.wait(timeout=30)
        return really(user, password)

    monkeypatch.setattr(User, "check_password", all_looking)

    def knock(turn):
        try:
            forged = {
                "REMOTE_ADDR": "192.0.2.1",
                "HTTP_X_FORWARDED_FOR": f"198.51.100.{turn}",
                "HTTP_USER_AGENT": f"n{turn}",
            }
            return type_password(Client(), email, f"pas-le-bon-{turn}", **forged).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(knock, range(AT_ONCE)))
    assert (len(looked), counted()) == (AT_ONCE, AT_ONCE)
    written = [email.upper(), f" {email}", f"{email}\t"]
    answers = [type_password(Client(), each, REMOTE_ADDR="203.0.113.9") for each in written]
    assert all("Réessayez dans" in answer.content.decode() for answer in answers)
    assert (len(looked), counted()) == (AT_ONCE, AT_ONCE)
