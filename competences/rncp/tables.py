"""Reads the csv tables of an export, by the names of their columns, and makes one fiche of what they say together."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from competences.rncp.files import Files, Found, opened
from competences.rncp.refusal import refuse
from competences.rncp.rows import BlocRow, Fiche, Remarks
from competences.rncp.values import code_of, day_of, level_of, one_line, register_of, rome_of

FICHE = "numero_fiche"
WRONG_LENGTH = "lignes d’une autre longueur que l’en-tête, lues par leurs colonnes"
NO_FICHE = "lignes d’une certification absente de la liste"
NO_CODE = "lignes sans code lisible, laissées de côté"
TWICE = "lignes déjà vues, comptées une fois"
BAD_DAY = "dates illisibles, laissées vides"
NO_CERTIFIER = "certifications sans certificateur"
_LARGEST_CELL = 1_000_000
_EXPERIENCE = "expérience"
_INACTIVE = frozenset({"INACTIVE", "NON", "0"})


class Lines:
    """The records of one csv: what each says under a column, and where it stands."""

    def __init__(self, found: Found, wanted: tuple[str, ...], remarks: Remarks) -> None:
        self.found, self.wanted, self.remarks = found, wanted, remarks

    def __iter__(self) -> Iterator[tuple[str, dict[str, str]]]:
        """(« file, ligne n », values by column), whatever the order of the columns and those we do not know."""
        with opened(self.found) as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            reader = csv.reader(text, delimiter=";", strict=True)
            csv.field_size_limit(_LARGEST_CELL)
            line = 1
            try:
                names = [name.strip().lower() for name in next(reader, [])]
                self._check(names)
                line = reader.line_num
                for values in reader:
                    line, start = reader.line_num, line + 1
                    if not values:
                        continue
                    place = f"{self.found.name}, ligne {start}"
                    if len(values) != len(names):
                        self.remarks.add(WRONG_LENGTH, place)
                    said = dict(zip(names, values, strict=False))
                    yield place, {name: said.get(name, "") for name in self.wanted}
            except csv.Error as error:
                problem = "les guillemets de cette ligne ne se referment pas : le fichier est coupé ou abîmé."
                raise refuse(self.found.name, problem, line=line + 1) from error
            except UnicodeDecodeError as error:
                problem = "ce fichier n’est pas en UTF-8 : il est abîmé ou a été réenregistré."
                raise refuse(self.found.name, problem, line=line + 1) from error

    def _check(self, names: list[str]) -> None:
        for name in self.wanted:
            if name not in names:
                raise refuse(self.found.name, f"la colonne « {name} » manque dans l’en-tête.", line=1)


def read_tables(files: Files, remarks: Remarks) -> Iterator[Fiche]:
    """Every certification that the csv list, with what the other tables say of it."""
    listed = _standard(files.tables["standard"], remarks)
    blocs = _blocs(files, listed, remarks)
    access = _of_each(files, "access", ("si_jury",), listed, remarks)
    rome = _of_each(files, "rome", ("codes_rome_code",), listed, remarks)
    certifiers = _of_each(files, "certifiers", ("siret_certificateur", "nom_certificateur"), listed, remarks)
    successors = _successors(files, listed, remarks)
    for code, (label, level, is_active, ends_on) in listed.items():
        ways = None if access is None else access.get(code, [])
        who = None if certifiers is None else _certifiers(certifiers.get(code, []))
        if who is not None and not who:
            remarks.add(NO_CERTIFIER, code)
        yield Fiche(
            code,
            label=label,
            level=level,
            is_active=is_active,
            ends_on=ends_on,
            is_by_vae=None if ways is None else any(_EXPERIENCE in way.lower() for (way,) in ways),
            certifiers=who,
            trades=None if rome is None else _trades(rome.get(code, [])),
            successors=None if successors is None else tuple(sorted(successors.get(code, ()))),
            blocs=None if blocs is None else tuple(blocs.get(code, {}).values()),
        )


def _standard(found: Found, remarks: Remarks) -> dict[str, tuple[str, int | None, bool, date | None]]:
    columns = (FICHE, "intitule", "nomenclature_europe_niveau", "date_fin_enregistrement", "actif")
    listed: dict[str, tuple[str, int | None, bool, date | None]] = {}
    for place, row in Lines(found, columns, remarks):
        code = code_of(row[FICHE])
        if code is None:
            remarks.add(NO_CODE, place)
        elif code in listed:
            remarks.add(TWICE, place)
        else:
            ends_on = day_of(row["date_fin_enregistrement"])
            if row["date_fin_enregistrement"].strip() and ends_on is None:
                remarks.add(BAD_DAY, place)
            is_active = row["actif"].strip().upper() not in _INACTIVE
            label = one_line(row["intitule"], 1000) or code
            listed[code] = (label, level_of(row["nomenclature_europe_niveau"]), is_active, ends_on)
    if not listed:
        raise refuse(found.name, "le fichier n’a aucune certification : il est coupé.", line=1)
    return listed


def _blocs(
    files: Files, listed: dict[str, tuple[str, int | None, bool, date | None]], remarks: Remarks
) -> dict[str, dict[str, BlocRow]] | None:
    if "blocs" not in files.tables:
        return None
    found: dict[str, dict[str, BlocRow]] = defaultdict(dict)
    columns = (FICHE, "bloc_competences_code", "bloc_competences_libelle")
    for place, row in Lines(files.tables["blocs"], columns, remarks):
        code, bloc = code_of(row[FICHE]), "".join(row["bloc_competences_code"].split())[:30]
        if code is None or not bloc:
            remarks.add(NO_CODE, place)
        elif code not in listed:
            remarks.add(NO_FICHE, place)
        elif bloc in found[code]:
            remarks.add(TWICE, place)
        else:
            found[code][bloc] = BlocRow(bloc, one_line(row["bloc_competences_libelle"], 1000) or bloc)
    return found


def _of_each(
    files: Files,
    table: str,
    columns: tuple[str, ...],
    listed: dict[str, tuple[str, int | None, bool, date | None]],
    remarks: Remarks,
) -> dict[str, list[tuple[str, ...]]] | None:
    """What one side table says of each certification; None when the export does not hold it."""
    if table not in files.tables:
        return None
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for place, row in Lines(files.tables[table], (FICHE, *columns), remarks):
        code = code_of(row[FICHE])
        if code is None or code not in listed:
            remarks.add(NO_FICHE, place)
        else:
            found[code].append(tuple(row[name] for name in columns))
    return found


def _certifiers(rows: list[tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    said = {("".join(siret.split())[:20], one_line(name, 300)) for siret, name in rows}
    return tuple(sorted((siret, name) for siret, name in said if name))


def _trades(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({code for (text,) in rows if (code := rome_of(text))}))


def _successors(
    files: Files, listed: dict[str, tuple[str, int | None, bool, date | None]], remarks: Remarks
) -> dict[str, set[str]] | None:
    if "replacements" not in files.tables:
        return None
    found: dict[str, set[str]] = defaultdict(set)
    columns = (FICHE, "ancienne_certification", "nouvelle_certification")
    for place, row in Lines(files.tables["replacements"], columns, remarks):
        code = code_of(row[FICHE])
        if code is None or code not in listed:
            remarks.add(NO_FICHE, place)
            continue
        register = register_of(code)
        former = code_of(row["ancienne_certification"], register=register)
        latter = code_of(row["nouvelle_certification"], register=register)
        if latter and latter != code:
            found[code].add(latter)
        if former and former != code:
            found[former].add(code)
    return found
