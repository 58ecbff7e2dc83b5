"""Import of a Statusfy site: files in the folder content, one for each incident and each scheduled maintenance."""

from statusgen.importers.statusfy.read import take_statusfy

__all__ = ["take_statusfy"]
