"""Data files of made-up people and outlets, as the published sets are laid out."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]

QUAY = "Una Brock said the quay is dry. “It floods,” answered Tam Weir.\nShe laughed."


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    return write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return write(path, out.getvalue())


def gold() -> Json:
    """A comparison of two articles in the form of our gold files; both have the text QUAY."""
    return {
        "articles": [
            {"id": "post", "path": "post.txt", "publisher": "Aldmere Post", "published": None},
            {"id": "bell", "path": "bell.txt", "title": "Quay"},
        ],
        "claims": [
            claim("c1", "post", "Una Brock", (0, 31)),
            claim("c2", "post", "Tam Weir", (32, 63)),
            claim("c3", "bell", None, (64, 76)),
            claim("c4", "bell", "Una Brock", (0, 31)),
        ],
        "disputes": [
            {
                "proposition": "The quay is dry.",
                "assertions": [
                    {"claim_id": "c1", "stance": "support"},
                    {"claim_id": "c2", "stance": "denial"},
                    {"claim_id": "c3", "stance": "context"},
                    {"claim_id": "c4", "stance": "support"},
                ],
            }
        ],
    }


def claim(claim_id: str, article_id: str, speaker: str | None, span: tuple[int, int]) -> Json:
    start, end = span
    return {
        "id": claim_id,
        "article_id": article_id,
        "speaker": speaker,
        "via": [],
        "cue": "said",
        "text": f"What {claim_id} says of the quay.",
        "evidence": [{"start": start, "end": end, "text": QUAY[start:end]}],
    }


def write_gold(folder: Path, value: object, name: str = "quay.gold.json") -> Path:
    write(folder / "post.txt", QUAY)
    write(folder / "bell.txt", QUAY)
    return write(folder / name, json.dumps(value))
