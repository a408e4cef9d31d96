"""From an attribution to a statement: who speaks for whom and through whom, when and where, and what it means."""

from onrecord.meaning.chain import Chained, settle_chain
from onrecord.meaning.context import Context
from onrecord.meaning.occasion import Saying, settle
from onrecord.meaning.registers.own import use_own
from onrecord.meaning.understand import Understood, read_context, understand

__all__ = [
    "Chained",
    "Context",
    "Saying",
    "Understood",
    "read_context",
    "settle",
    "settle_chain",
    "understand",
    "use_own",
]
