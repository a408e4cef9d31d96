"""Bytes as they came, and what is known of them before they are decoded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "html", "jsonl", "feed", "opml", "warc", "csv", "parquet", "pdf", "zip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One source's bytes. `source` is what the user named; `kind` and `charset` what is known from outside."""

    source: str
    data: bytes
    path: str | None = None
    url: str | None = None
    kind: Kind | None = None
    charset: str | None = None
    retrieved_at: str | None = None

    def sha256(self) -> str:
        """Hash of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()
