"""What argparse says to people, in French: its own translation door, given our catalogue.

argparse asks `gettext` for each of its sentences, but Python ships no French catalogue for it; this one is
found by sentence, before any value is put into it.
"""

from __future__ import annotations

import argparse
import gettext

SENTENCES = {
    "usage: ": "usage : ",
    "%(heading)s:": "%(heading)s :",
    " (default: %(default)s)": " (%(default)s par défaut)",
    "positional arguments": "arguments",
    "options": "options",
    "subcommands": "sous-commandes",
    "show this help message and exit": "montre cette aide",
    "show program's version number and exit": "montre la version",
    "argument %(argument_name)s: %(message)s": "option %(argument_name)s : %(message)s",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut l’un de : %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "choix inconnu : %(value)r (choix possibles : %(choices)s)",
    "invalid choice: %r (choose from %s)": "choix inconnu : %r (choix possibles : %s)",
    "invalid %(type)s value: %(value)r": "valeur refusée : %(value)r",
    "expected one argument": "attend une valeur",
    "expected at most one argument": "attend une valeur au plus",
    "expected at least one argument": "attend au moins une valeur",
    "expected %s argument": "attend %s valeur",
    "expected %s arguments": "attend %s valeurs",
    "not allowed with argument %s": "ne va pas avec %s",
    "ignored explicit argument %r": "n’attend pas de valeur, reçu %r",
    "ambiguous option: %(option)s could match %(matches)s": "option ambiguë : %(option)s peut vouloir dire %(matches)s",
    "unexpected option string: %s": "option inattendue : %s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "sous-commande inconnue : %(parser_name)r (choix possibles : %(choices)s)"
    ),
    "can't open '%(filename)s': %(error)s": "« %(filename)s » ne s’ouvre pas : %(error)s",
    "option '%(option)s' is deprecated": "l’option %(option)s va disparaître",
    "argument '%(argument_name)s' is deprecated": "l’argument %(argument_name)s va disparaître",
    "command '%(parser_name)s' is deprecated": "la commande %(parser_name)s va disparaître",
    "%(prog)s: warning: %(message)s\n": "%(prog)s : attention, %(message)s\n",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
}


class _Catalogue(gettext.NullTranslations):
    """Looks a sentence up; one we do not know stays as it is."""

    def gettext(self, message: str) -> str:
        """The French of one sentence."""
        return SENTENCES.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The French of a sentence that counts: 0 and 1 are singular."""
        return self.gettext(msgid1 if n < 2 else msgid2)


def speak_french() -> None:
    """Give argparse our catalogue, for the rest of this process."""
    catalogue = _Catalogue()
    argparse._ = catalogue.gettext  # type: ignore[attr-defined]
    argparse.ngettext = catalogue.ngettext  # type: ignore[attr-defined]


def whole_number(text: str) -> int:
    """A whole number given as an option; `ArgumentTypeError` in French otherwise."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"nombre entier attendu, reçu « {text} »") from error


def number(text: str) -> float:
    """A number given as an option, with a point or a comma; `ArgumentTypeError` in French otherwise."""
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"nombre attendu, reçu « {text} »") from error
