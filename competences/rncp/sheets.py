"""Reads the XML export V4.1 fiche by fiche: whatever its size, one fiche at a time is held in memory.

A document that declares its own types or entities is refused: nothing outside the file is ever read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from competences.rncp.files import Found, opened
from competences.rncp.refusal import refuse
from competences.rncp.rows import BlocRow, Fiche, Promotion, Remarks
from competences.rncp.tables import BAD_DAY, NO_CERTIFIER, NO_CODE, TWICE
from competences.rncp.values import (
    code_of,
    day_of,
    level_of,
    one_line,
    plain,
    register_of,
    rome_of,
    whole_of,
)

READ_STEP = 1 << 18
MOST_CHARS = 8_000_000  # in one fiche
MOST_NODES = 100_000
MOST_DEPTH = 40
LONGEST_CONTENT = 20_000
FICHE = "FICHE"


@dataclass(slots=True)
class Node:
    """One element: its own text, and what it holds."""

    tag: str
    text: list[str] = field(default_factory=list)
    inside: list[Node] = field(default_factory=list)

    def all(self, *path: str) -> list[Node]:
        """The elements at this path."""
        found = [self]
        for tag in path:
            found = [child for node in found for child in node.inside if child.tag == tag]
        return found

    def said(self, *path: str) -> str:
        """The words at this path, those of the first element; empty when there is none."""
        found = self.all(*path)
        return "".join(found[0].text).strip() if found else ""

    def words(self) -> Iterator[str]:
        """Every text inside, this element's included."""
        yield "".join(self.text).strip()
        for child in self.inside:
            yield from child.words()


class _Builder:
    """Builds one fiche after the other from what the parser meets; anything outside a fiche is dropped."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.done: deque[Node] = deque()
        self._open: list[Node] = []
        self._depth = self._chars = self._nodes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        if not self._open and tag != FICHE:
            return
        node = Node(tag)
        if self._open:
            self._open[-1].inside.append(node)
        else:
            self._chars = self._nodes = 0
        self._open.append(node)
        self._nodes += 1
        if self._nodes > MOST_NODES or self._depth > MOST_DEPTH:
            raise refuse(self.name, "une fiche de cet export est démesurée.")

    def end(self, tag: str) -> None:
        """An element closes."""
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self.done.append(node)

    def text(self, words: str) -> None:
        """Text between two marks."""
        if self._open:
            self._chars += len(words)
            if self._chars > MOST_CHARS:
                raise refuse(self.name, "une fiche de cet export est démesurée.")
            self._open[-1].text.append(words)

    def declared(self, *args: object) -> NoReturn:
        """A document type or an entity: what can only be a trap here."""
        raise refuse(
            self.name, "ce fichier déclare ses propres types ou entités : un export publié n’en a pas."
        )


def nodes_of(found: Found) -> Iterator[Node]:
    """Each fiche of the file, forgotten as soon as the next is asked for."""
    builder = _Builder(found.name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.declared
    parser.EntityDeclHandler = builder.declared
    parser.ExternalEntityRefHandler = builder.declared
    with opened(found) as raw:
        try:
            while chunk := raw.read(READ_STEP):
                parser.Parse(chunk, False)
                while builder.done:
                    yield builder.done.popleft()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            problem = "ce fichier n’est pas un XML entier : il est coupé ou abîmé."
            raise refuse(found.name, problem, line=error.lineno) from error
    while builder.done:
        yield builder.done.popleft()


def read_sheets(sheets: list[Found], remarks: Remarks, *, is_listed: bool) -> Iterator[Fiche]:
    """Every certification of these files; `is_listed` False when csv tables already give the list."""
    seen: set[str] = set()
    for found in sheets:
        for rank, node in enumerate(nodes_of(found), start=1):
            place = f"{found.name}, fiche {rank}"
            code = code_of(node.said("NUMERO_FICHE"))
            if code is None:
                remarks.add(NO_CODE, place)
            elif code in seen:
                remarks.add(TWICE, place)
            else:
                seen.add(code)
                yield _fiche(code, node, place, remarks, is_listed=is_listed)
    if not seen:
        raise refuse(sheets[0].name, "aucune certification ne se lit dans ce fichier.")


def _fiche(code: str, node: Node, place: str, remarks: Remarks, *, is_listed: bool) -> Fiche:
    ends = node.said("DATE_FIN_ENREGISTREMENT")
    ends_on = day_of(ends)
    if ends and ends_on is None:
        remarks.add(BAD_DAY, place)
    content = Fiche(
        code,
        blocs=_blocs(node, place, remarks),
        awarded_until=day_of(node.said("DATE_LIMITE_DELIVRANCE")),
        promotions=_promotions(node),
        is_listed=False,
    )
    if not is_listed:
        return content
    certifiers = {
        (
            "".join(each.said("SIRET_CERTIFICATEUR").split())[:20],
            one_line(each.said("NOM_CERTIFICATEUR"), 300),
        )
        for each in node.all("CERTIFICATEURS", "CERTIFICATEUR")
    }
    who = tuple(sorted((siret, name) for siret, name in certifiers if name))
    if not who:
        remarks.add(NO_CERTIFIER, place)
    trades = {rome_of(each.said("CODE")) for each in node.all("CODES_ROME", "ROME")} - {None}
    return Fiche(
        code,
        label=one_line(node.said("INTITULE"), 1000) or code,
        level=level_of(node.said("NOMENCLATURE_EUROPE", "NIVEAU")),
        is_active=node.said("ACTIF").lower() != "non",
        ends_on=ends_on,
        is_by_vae=_is_by_vae(node),
        certifiers=who,
        trades=tuple(sorted(each for each in trades if each)),
        successors=_successors(code, node),
        blocs=content.blocs,
        awarded_until=content.awarded_until,
        promotions=content.promotions,
    )


def _is_by_vae(node: Node) -> bool | None:
    said = (node.said("SI_JURY_VAE", "ACTIF") or node.said("SI_JURY_VAE")).lower()
    return {"oui": True, "non": False}.get(said)


def _blocs(node: Node, place: str, remarks: Remarks) -> tuple[BlocRow, ...]:
    found: dict[str, BlocRow] = {}
    for bloc in node.all("BLOCS_COMPETENCES", "BLOC_COMPETENCES"):
        code = "".join(bloc.said("CODE").split())[:30]
        if not code:
            remarks.add(NO_CODE, place)
        elif code in found:
            remarks.add(TWICE, place)
        else:
            said = "\n".join(words for each in bloc.all("LISTE_COMPETENCES") for words in each.words())
            content = plain(said)[:LONGEST_CONTENT]
            found[code] = BlocRow(code, one_line(bloc.said("LIBELLE"), 1000) or code, content)
    return tuple(found.values())


def _promotions(node: Node) -> tuple[Promotion, ...]:
    rows = [
        *node.all("STATISTIQUES_PROMOTIONS", "STATISTIQUES_PROMOTION"),
        *node.all("STATISTIQUES_PROMOTIONS", "STATISTIQUE_PROMOTION"),
    ]
    told = {
        year: Promotion(
            year, whole_of(row.said("NOMBRE_CERTIFIES")), whole_of(row.said("NOMBRE_CERTIFIES_VAE"))
        )
        for row in rows
        if (year := whole_of(row.said("ANNEE")))
    }
    return tuple(told[year] for year in sorted(told, reverse=True))


def _successors(code: str, node: Node) -> tuple[str, ...]:
    register = register_of(code)
    codes = {
        code_of("".join(field.text), register=register)
        for latter in node.all("NOUVELLES_CERTIFICATIONS", "NOUVELLE_CERTIFICATION")
        for field in (latter, *latter.inside)
        if field is latter or "FICHE" in field.tag
    }
    return tuple(sorted(each for each in codes if each and each != code))
