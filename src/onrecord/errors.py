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
