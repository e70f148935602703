"""Answers searches of trades as JSON lines, for the command `find-occupation`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from competences.search.index import Index


def run(index: Index, texts: Iterable[str], top: int, stdout: TextIO) -> None:
    """Write one JSON line per text, in order; a text that finds nothing has an empty list of results.

    {"query": "…", "results": [{"rome_code": "N1101", "label": "…", "appellation": "…", "score": 0.91}, …]}
    """
    for text in texts:
        query = text.rstrip("\r\n")
        results = [
            {
                "rome_code": hit.rome_code,
                "label": hit.label,
                "appellation": hit.appellation,
                "score": round(hit.score, 4),
            }
            for hit in index.search(query, top)
        ]
        stdout.write(json.dumps({"query": query, "results": results}, ensure_ascii=False) + "\n")
