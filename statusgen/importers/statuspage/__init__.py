"""Import of a Statuspage page: what its public API says, and its feeds."""

from statusgen.importers.statuspage.read import take_statuspage

__all__ = ["take_statuspage"]
