"""The same incident and the same change as many people would write them."""

from __future__ import annotations

INCIDENT = """\
---
# Who writes here: the one on call.
title:   "Errors: on the API"   # as customers say it
components:
    api:   major_outage
impact: major
---

<!-- A note for us. -->
Some requests fail.

## investigating @ 2026-11-03 09:20 {next=30m}

We look.

```sh
## resolved @ 2026-11-03 09:30
```

### A heading of the author

* one
* two

"""
SECOND = """\
## identified – 2026-11-03 09:41 UTC   {api=partial_outage}

A bad disk.
"""
NEWEST_FIRST = INCIDENT.replace("## investigating", SECOND + "\n## investigating")
CHANGE = """\
---
title: Upgrade
starts:   '2036-12-03 22:00'   # agreed with Bo
duration: 2h # at most
components: [db]
---

What we do.

## scheduled @ 2026-11-03 09:20

We upgrade.
"""
WITH_END = CHANGE.replace("duration: 2h # at most", "ends: 2036-12-04 01:00    # at most")
MARK = b"\xef\xbb\xbf"

INCIDENTS = {
    "plain": INCIDENT.encode(),
    "oldest-first": (INCIDENT + SECOND).encode(),
    "newest-first": NEWEST_FIRST.encode(),
    "windows": MARK + (INCIDENT + SECOND).replace("\n", "\r\n").encode(),
    "old-mac": (INCIDENT + SECOND).replace("\n", "\r").encode(),
    "no-last-line-end": (INCIDENT + SECOND).rstrip().encode(),
    "many-blank-lines": (INCIDENT + SECOND + "\n\n  \n\n").encode(),
    "note-at-the-end": (INCIDENT + SECOND + "\n<!-- until here -->\n").encode(),
    "no-body": b"---\ntitle: X\ncomponents: {api: major_outage}\n---\n## investigating @ 2026-11-03 09:20",
    "other-letters": INCIDENT.replace("Some requests", "Einige Anfragen – zu viele 🙈\u200b –").encode(),
}
CHANGES = {
    "duration": CHANGE.encode(),
    "end": WITH_END.encode(),
    "windows": MARK + CHANGE.replace("\n", "\r\n").encode(),
    "newest-first": CHANGE.replace(
        "## scheduled", "## scheduled @ 2026-11-04 09:00\n\nA reminder.\n\n## scheduled"
    ).encode(),
    "nothing-told": CHANGE.partition("\n## ")[0].encode(),
}
