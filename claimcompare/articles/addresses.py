"""Which addresses of the net a page may be fetched from."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Networks that have IPv6 only write public IPv4 addresses like this.
_NAT64 = IPv6Network("64:ff9b::/96")
_IPV4_BITS = 0xFFFF_FFFF


class Refused(OSError):
    """A host has no address that may be connected to."""


def addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The IP addresses of a host, asked for once: what is checked is what is connected to.

    Raises Refused where none of them is public, and OSError where there are none.
    """
    found = [
        str(address[0])
        for _, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    allowed = [address for address in found if allow_private or is_public(address)]
    if not allowed:
        raise Refused(f"{found[0]} is no public address")
    return allowed


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public net, whatever form it is written in."""
    plain = _unwrapped(ip_address(address))
    if isinstance(plain, IPv6Address) and plain.is_site_local:
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that is meant by an IPv6 one which only wraps it."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & _IPV4_BITS)
    return address.ipv4_mapped or address.sixtofour or address
