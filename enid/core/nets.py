"""Addresses on the net, and the network that one client can have for itself."""

import ipaddress


def network_of(address: str, *, v4: int = 24, v6: int = 48) -> str:
    """Return the network in which an address lies; what is no address stays as it is.

    v4, v6: bits of the network; by default what one household, ward or provider's customer may choose from
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = v4 if found.version == 4 else v6
    return str(ipaddress.ip_network((found, bits), strict=False))
