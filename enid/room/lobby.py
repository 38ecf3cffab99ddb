"""Sockets that have not shown a ticket yet: how many there may be, in all and from one network."""

from __future__ import annotations

from collections import Counter

MOST = 2_000
MOST_OF_ONE = 100
"""Of one network; a whole clinic behind one address shows its tickets within a moment."""


class Lobby:
    """Counts those who are in the lobby."""

    def __init__(self) -> None:
        self._here: Counter[str] = Counter()
        self._all = 0

    def enter(self, network: str) -> bool:
        """Count one more; say whether there is room."""
        if self._all >= MOST or self._here[network] >= MOST_OF_ONE:
            return False
        self._here[network] += 1
        self._all += 1
        return True

    def leave(self, network: str) -> None:
        """Count one less."""
        self._all -= 1
        self._here[network] -= 1
        if not self._here[network]:
            del self._here[network]
