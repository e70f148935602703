"""Under which account the service is installed, hence runs: never the one that may do everything."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from backend.core.errors import DomainError


def account_name() -> str:
    """The account of this process, as the machine knows it; what the environment says of it may be another's."""
    return pwd.getpwuid(os.geteuid()).pw_name


def is_root() -> bool:
    """Whether this process may do everything on this machine."""
    return os.geteuid() == 0


def become(name: str | None, folder: Path) -> None:
    """Go on under the account of the service; `DomainError` with what to type when root named none that serves.

    The folder is given to that account when it is not there yet; another's is never taken over.
    """
    if not is_root():
        _check_it_is_us(name)
        return
    if name is None:
        raise DomainError(
            "root_installs",
            "Lancé par root, le service tournerait sous root : la moindre faille ouvrirait toute la machine. Nommez le compte "
            f"du service :\n  passerelles install {folder} --user passerelles\n"
            "S’il n’existe pas encore :\n  useradd --system --shell /usr/sbin/nologin passerelles",
        )
    account = _account(name)
    _give(folder, account)
    os.initgroups(name, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    os.environ.update(USER=name, LOGNAME=name, HOME=str(folder))


def _check_it_is_us(name: str | None) -> None:
    if name is not None and name != account_name():
        raise DomainError(
            "not_root",
            "Seul root installe pour un autre compte que le sien. Retirez --user, ou lancez la commande avec sudo.",
        )


def _account(name: str) -> pwd.struct_passwd:
    try:
        account = pwd.getpwnam(name)
    except KeyError as error:
        raise DomainError(
            "no_account",
            f"Le compte {name} n’existe pas sur cette machine. Créez-le, puis recommencez :\n"
            f"  useradd --system --shell /usr/sbin/nologin {name}",
        ) from error
    if account.pw_uid == 0:
        raise DomainError(
            "root_serves", f"Le compte {name} peut tout sur cette machine : choisissez-en un autre."
        )
    return account


def _give(folder: Path, account: pwd.struct_passwd) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o755, parents=True)
        os.chown(folder, account.pw_uid, account.pw_gid)
    elif folder.stat().st_uid != account.pw_uid:
        raise DomainError(
            "not_their_folder",
            f"Le dossier n’appartient pas au compte {account.pw_name}. S’il ne sert qu’à cela, donnez-le-lui, puis "
            f"recommencez :\n  chown -R {account.pw_name}: {folder}",
        )
