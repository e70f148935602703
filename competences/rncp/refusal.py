"""Why an export of the registers is refused, said so that the person knows what to do."""

from __future__ import annotations

from competences.rome.refusal import ExportRefused

FETCH_AGAIN = (
    "Téléchargez de nouveau l’export sur data.gouv.fr (France compétences), puis relancez l’import. "
    "Rien n’a été modifié."
)
PUT_AN_EXPORT = (
    "Indiquez le dossier, le zip ou le fichier XML publié par France compétences sur data.gouv.fr : "
    "« export-fiches-csv-… », « export-fiches-rncp-v4-1-… »."
)


def refuse(
    file: str, problem: str, *, line: int | None = None, what_to_do: str = FETCH_AGAIN
) -> ExportRefused:
    """A refusal of the whole export: nothing of it may be stored."""
    return ExportRefused(file=file, line=line, problem=problem, what_to_do=what_to_do)
