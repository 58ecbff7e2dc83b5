"""Paths and ids of entries over any number of imports: each has its own, and keeps them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from statusgen.importers.entries import Entry
from statusgen.importers.places import place_entries
from statusgen.importers.record import Record
from statusgen.importers.there import There

NAMES = st.sampled_from(["a", "A", "a-2", "a-3", "b"])
ENTRIES = st.lists(
    st.builds(
        lambda key, name, slug_id, kind: Entry("", slug_id, "T", kind, key=key, path=f"{kind}s/{name}.md"),
        st.integers(0, 6).map(str),
        NAMES,
        st.just("") | NAMES,
        st.sampled_from(["incident", "incident", "change"]),
    ),
    max_size=6,
)
THERE = st.dictionaries(
    st.builds("{}/{}.md".format, st.sampled_from(["incidents", "changes"]), NAMES),
    st.builds(There, NAMES, st.just("Other")),
    max_size=3,
)


@given(st.lists(ENTRIES, max_size=4), THERE, st.booleans())
def test_each_entry_has_its_own_place_and_keeps_it(
    imports: list[list[Entry]], there: dict[str, There], ours: bool
) -> None:
    record = Record()
    before: dict[str, tuple[str, str]] = {}
    for entries in imports:
        placed = place_entries(entries, record, there, lambda path: ours)
        assert len(placed.entries) == len(entries)
        assert [one.key.partition("-")[0] for one in placed.entries] == [one.key for one in entries]
        paths = [path.casefold() for path in record.entries.values()]
        assert len(set(paths)) == len(paths)
        assert not set(paths) & {path.casefold() for path in there}
        ids = [f"{path.partition('/')[0]}/{record.ids[key]}".casefold() for key, path in record.entries.items()]
        assert len(set(ids)) == len(ids)
        assert not set(ids) & {f"{path.partition('/')[0]}/{one.slug_id}".casefold() for path, one in there.items()}
        for entry in placed.entries:
            old_path, old_id = before.get(entry.key, (entry.path, entry.slug_id))
            moved = placed.moved.get(entry.path)
            assert (entry.path, entry.slug_id) == (old_path, old_id) if moved is None else moved == old_path
            before[entry.key] = (entry.path, entry.slug_id)
