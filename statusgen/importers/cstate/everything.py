"""`affected: [all]`: a word for everything that people take for the name of a system."""

import re
from collections.abc import Iterable, Iterator

from statusgen.importers.document import names_of
from statusgen.importers.entries import Entry

_ALL = re.compile(r"(?:all|everything|any|every)\b.*", re.IGNORECASE)


def warn_of_all(undeclared: Iterable[str], entries: Iterable[Entry]) -> Iterator[str]:
    """A line for each of the names, that no setting declares, which means them all."""
    counts = {name: 0 for name in undeclared if _ALL.fullmatch(name)}
    for entry in entries:
        for name in counts.keys() & set(names_of(entry)):
            counts[name] += 1
    for name, count in counts.items():
        many = f"{count} issue{'s name' if count != 1 else ' names'}"
        yield (
            f"warning: `{name}` is no system of the site, but {many} it as one: customers see a component "
            f'"{name}", which counts for no other; name the real systems in `affected` and import again'
        )
