"""A row of somebody's own table tells several of our files: it enters whole, or nothing of it does.

What is wrong with a row is known as it is read, or only as it is stored. The row is then set aside from the table, with
what was said of it, and the others are read again without it: a person told by two rows is told by the one that is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backend.exchange.matching.applying import Told
from backend.exchange.matching.sending import Matched
from backend.exchange.report import Change, Fault, Report


@dataclass(slots=True)
class Aside:
    """Rows set aside so far, by table; what was said of them, and what they would have been in each file."""

    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _faults: list[Fault] = field(default_factory=list)
    _notices: list[Fault] = field(default_factory=list)
    _changes: list[Change] = field(default_factory=list)
    _lines: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    _titles: dict[str, str] = field(default_factory=dict)
    _headings: dict[tuple[str, str], str] = field(default_factory=dict)
    _whole: set[str] = field(default_factory=set)

    def without(self, matched: Matched) -> Matched:
        """The tables as they are read from now on."""
        tables = {
            key: replace(table, rows=[row for row in table.rows if row[0] not in self.rows[key]])
            if key in self.rows
            else table
            for key, table in matched.tables.items()
        }
        return Matched(tables, matched.choices)

    def begin(self, report: Report) -> Report:
        """A report in which what was set aside is already refused, once."""
        for fault in self._faults:
            report.refuse(fault)
        for notice in self._notices:
            report.notice(notice, notice.severity)
        report.changes.extend(self._changes)
        report.titles |= self._titles
        report.theirs |= set(self._titles)
        report.headings |= self._headings
        for file, lines in self._lines.items():
            tally = report.tally(file)
            tally.read += len(lines)
            tally.refused |= set(lines)
            for number, row_id in lines.items():
                if row_id:
                    tally.refused_ids.setdefault(row_id, number)
        return report

    def learn(self, report: Report, told: Mapping[str, Told]) -> bool:
        """Set aside the rows that were refused in one of the files they tell; False when there is none more."""
        refused: dict[str, set[int]] = defaultdict(set)
        for file, each in told.items():
            tally = report.tallies.get(file)
            if tally is not None and _tells_several(each.table.key, told):
                all_of_it = set(each.lines)
                refused[each.table.key] |= all_of_it if tally.is_refused_whole else tally.refused & all_of_it
        refused = {key: numbers - self.rows[key] for key, numbers in refused.items()}
        for key, numbers in refused.items():
            self._keep(report, told, key, numbers)
            self.rows[key] |= numbers
        return any(refused.values())

    def _keep(self, report: Report, told: Mapping[str, Told], key: str, numbers: set[int]) -> None:
        files = {file for file, each in told.items() if each.table.key == key}
        whole = (
            {file for file in files if report.tally(file).is_refused_whole} - self._whole
            if numbers
            else set()
        )
        self._whole |= whole
        for kept, said in ((self._faults, report.faults), (self._notices, report.notices)):
            kept += [
                each
                for each in said
                if each.file in files
                and (each.line in numbers or (each.file in whole and not each.line))
                and not report.is_sequel(each)
            ]
        self._changes += [each for each in report.changes if each.file in files and each.line in numbers]
        for file in files:
            self._titles[file] = told[file].table.name
            self._headings |= {(file, name): title for name, title in told[file].headings.items()}
            self._lines[file] |= {
                number: told[file].lines[number].get("id", "") for number in numbers & set(told[file].lines)
            }


def _tells_several(key: str, told: Mapping[str, Told]) -> bool:
    return sum(each.table.key == key for each in told.values()) > 1
