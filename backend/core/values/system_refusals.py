"""Why the machine refused, in words: what the system says of itself is in English, or in whatever it was set up with."""

from __future__ import annotations

import errno

_SAID = {
    errno.ENOSPC: "il n’y a plus de place sur ce disque",
    errno.EDQUOT: "la place accordée à ce compte est épuisée",
    errno.EACCES: "ce compte n’en a pas le droit",
    errno.EPERM: "ce compte n’en a pas le droit",
    errno.EROFS: "ce disque ne se laisse pas écrire",
    errno.ENOENT: "ce chemin n’existe pas",
    errno.ENOTDIR: "un fichier se trouve là où un dossier est attendu",
    errno.EISDIR: "c’est un dossier",
    errno.EIO: "le disque a répondu par une erreur ; il est peut-être abîmé",
    errno.ENETUNREACH: "aucun chemin n’y mène sur le réseau",
    errno.EHOSTUNREACH: "cette machine ne se joint pas",
    errno.ECONNRESET: "la connexion a été coupée",
}


def why(error: OSError) -> str:
    """A few words to put in a sentence, without the path, which may name somebody."""
    return _SAID.get(error.errno or 0, "le système a refusé")
