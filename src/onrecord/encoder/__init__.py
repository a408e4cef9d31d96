"""Tokens, windows and the network: one pass over a text feeds every head."""

from onrecord.encoder.network import Card, Network, packaged, packaged_card

__all__ = ["Card", "Network", "packaged", "packaged_card"]
