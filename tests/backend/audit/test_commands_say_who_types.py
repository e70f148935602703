"""A command that changes something takes `--as`, and leaves in the trail a line that says which account typed it."""

from __future__ import annotations

import ast

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command, load_command_class

from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.pages.front_page import known_commands, our_commands
from backend.mail.enums import MessageKind
from backend.mail.outbox import write
from tests.factories import actor_of
from tests.house.tree import modules, strings

READS = {
    "check-identity": "reads what the provider publishes, and keeps nothing",
    "check-install": "looks",
    "check-mail": "sends one message of trial, and keeps nothing",
    "demo": "an invented territory on one's own machine",
    "diagnose": "a file without a personal datum",
    "exit-statistics": "figures, nothing changes",
    "find-occupation": "reads; an empty base first gets its words, which leaves its line",
    "index-people": "makes again what the clock makes: numbers drawn from what is there",
    "install": "nobody has an account yet; what it types leaves its own lines",
    "rank": "reads two files; an empty base first gets its words, which leaves its line",
    "recompose": "a file in, a file out",
    "rules": "reads",
    "serve": "starts the service",
    "verify-audit": "reads",
}
"""What a command does instead of writing."""
LEAVES = {
    "access-copy": "access_copy.taken",
    "apply-retention": "beneficiary.erased",
    "backup": "installation.saved",
    "demo-data": "territory.loaded",
    "erase-person": "beneficiary.erased",
    "export-bundle": "bundle.exported",
    "import-bundle": "bundle.imported",
    "import-rncp": "register.stored",
    "import-rome": "referential.stored",
    "invite": "invitation.sent",
    "invite-manager": "invitation.sent",
    "join-group": "group.offered",
    "load-starter": "referential.stored",
    "move-to": "installation.moved",
    "open-structure": "structure.created",
    "outbox": "messages.resent",
    "renew-badge-key": "badge_key.renewed",
    "reseal": "installation.resealed",
    "reset-second-factor": "second_factor.reset",
    "restore": "installation.restored",
    "second-wall": "installation.wall_raised",
    "set-rule": "rule.set",
    "upgrade": "installation.upgraded",
}
"""The line each leaves."""


def commands():
    return {name.replace("_", "-"): load_command_class(app, name) for name, app in known_commands().items()}


def test_every_command_writes_or_says_what_it_does_instead():
    classes = commands()
    writing = {name for name in our_commands() if classes[name].writes}
    assert sorted(our_commands()) == sorted(writing | set(READS)), "`writes = True`, or a reason in READS"
    assert sorted(writing) == sorted(LEAVES), "say the line it leaves in the trail"


def test_each_line_is_written_by_the_product():
    recorded = {
        text.value
        for _, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and {getattr(call.func, "attr", ""), getattr(call.func, "id", "")} & {"record", "record_each"}
        for argument in call.args
        for text in strings(argument)
    }
    assert sorted(set(LEAVES.values()) - recorded) == []


@pytest.fixture
def typist(db):
    """Someone of the installation with an account."""
    return actor_of(Role.ADMINISTRATOR)


ADDRESS = "nouvelle.fictive@example.org"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("load-starter", []),
        ("open-structure", ["Chantier Fictif", "--kind", "ACI", "--email", ADDRESS]),
        ("set-rule", ["cddi_ceiling_months", "23", "--from", "2031-01-01", "--basis", "Loi inventée"]),
        ("outbox", ["--resend"]),
        ("reseal", []),
        ("export-bundle", ["{folder}"]),
    ],
)
@pytest.mark.parametrize("is_named", [True, False])
def test_the_line_says_which_account_typed(typist, tmp_path, settings, name, words, is_named):
    settings.DATA_DIR = tmp_path / "data"
    write(to=ADDRESS, subject="Objet", text="Texte", kind=MessageKind.ACCOUNT)
    email = get_user_model().objects.get(pk=typist.user_id).email
    named = ["--as", email.upper()] if is_named else []
    before = Entry.objects.count()
    call_command(name.replace("-", "_"), *(each.format(folder=tmp_path / "sortie") for each in words), *named)
    lines = Entry.objects.order_by("id")[before:]
    assert LEAVES[name] in {line.action for line in lines}
    assert {(line.role, line.user_id) for line in lines} == {
        (Role.OPERATOR, typist.user_id if is_named else None)
    }
    assert Actor.operator().user_id is None, "what comes after was typed by somebody else"


def test_an_address_without_account_stops_before_anything(db, capsys):
    before = Entry.objects.count()
    with pytest.raises(SystemExit) as end:
        call_command("load_starter", "--as", ADDRESS)
    assert (end.value.code, Entry.objects.count()) == (1, before)
    said = capsys.readouterr().err
    assert "--as" in said
    assert ADDRESS not in said
