"""Which addresses a download may reach: public ones, judged by the address itself and never by the name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address


@dataclass(frozen=True, slots=True, kw_only=True)
class _Networks:
    ipv4_refused: tuple[IPv4Network, ...]
    ipv6_allowed: tuple[IPv6Network, ...]
    ipv6_refused: tuple[IPv6Network, ...]
    nat64: IPv6Network


@cache
def _networks() -> _Networks:
    register = tomllib.loads(files("onrecord.intake").joinpath("registers/networks.toml").read_text("utf-8"))
    return _Networks(
        ipv4_refused=tuple(map(IPv4Network, register["ipv4_refused"])),
        ipv6_allowed=tuple(map(IPv6Network, register["ipv6_allowed"])),
        ipv6_refused=tuple(map(IPv6Network, register["ipv6_refused"])),
        nat64=IPv6Network(register["nat64"]),
    )


def is_public(address: str) -> bool:
    """Whether a download may connect to this numeric address; False for anything that is not an address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return _public_v4(parsed) if isinstance(parsed, IPv4Address) else _public_v6(parsed)


def _public_v4(address: IPv4Address) -> bool:
    # `is_global` as well: a newer Python may know of blocks that the register does not.
    return address.is_global and not any(address in network for network in _networks().ipv4_refused)


def _public_v6(address: IPv6Address) -> bool:
    networks = _networks()
    if address.scope_id is not None:
        return False
    if address in networks.nat64:
        return _public_v4(IPv4Address(int(address) & 0xFFFFFFFF))
    if not any(address in network for network in networks.ipv6_allowed):
        return False
    return address.is_global and not any(address in network for network in networks.ipv6_refused)
