"""Through whom the words came: outlets that quoted them, and attributions that lie inside another's content."""

from onrecord.meaning.chain.find import Chained, settle_chain

__all__ = ["Chained", "settle_chain"]
