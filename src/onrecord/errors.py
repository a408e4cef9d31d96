"""The exception tree. Every error a user can cause says what happened, to which source, and what to do."""


class OnRecordError(Exception):
    """Base of every error this package raises on purpose."""


class SourceError(OnRecordError):
    """One source could not be read; the others still are.

    `source` is what the user named (a path, a URL, `-`, or `FILE:LINE`); `reason` is one plain sentence.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str, str]]:
        return type(self), (self.source, self.reason)


class FetchRefused(SourceError):
    """A URL leads to an address that must not be reached (loopback, private, link-local, ...)."""


class ModelError(OnRecordError):
    """The packaged network is missing, or its hash is not the one on its card."""


class RegisterError(OnRecordError):
    """A register of the user's own cannot be used. `where` is the file or folder; `reason` one plain sentence."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason

    def __reduce__(self) -> tuple[type["RegisterError"], tuple[str, str]]:
        return type(self), (self.where, self.reason)


class RecordError(OnRecordError):
    """A record (the database) cannot be opened, read or written; what was committed before is kept.

    `where` is the database as the user named it, without a password; `reason` is one plain sentence.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason

    def __reduce__(self) -> tuple[type["RecordError"], tuple[str, str]]:
        return type(self), (self.where, self.reason)


class QuestionError(OnRecordError):
    """A question to a record that cannot be answered as put: an unknown issue, country, id or cursor, or a bad date."""
