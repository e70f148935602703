"""Spreadsheets as a structure sends them: small workbooks and csv files, in memory."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE = [["id", "nom", "prenom", "date_naissance"], ["1", "Fictive", "Solange", date(1988, 5, 17)]]
CONTRACTS = [["id", "salarie_id", "type", "date_debut"], [10, 1.0, "CDI", date(2026, 2, 1)]]


def workbook(name="classeur.xlsx", **sheets):
    """`workbook(salaries=PEOPLE)`: one sheet per keyword, its titles first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return SimpleUploadedFile(name, written.getvalue(), content_type=XLSX)


def csv_file(name, *lines):
    """A csv file with these lines, titles first."""
    return SimpleUploadedFile(name, ("\n".join(lines) + "\n").encode(), content_type="text/csv")


def usual(**more):
    """One person, one contract."""
    return workbook(salaries=PEOPLE, contrats=CONTRACTS, **more)
