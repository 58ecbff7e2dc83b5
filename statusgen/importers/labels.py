"""What people write in front of an update: `*Resolved* -`, `**Issue identified:**`, `[Final message]`, `Update 2:`."""

import re

# Of these words the last one that stands in a label counts. "" repeats the status before.
_WORDS = {
    **dict.fromkeys(("investigating", "investigation", "alert"), "investigating"),
    "identified": "identified",
    **dict.fromkeys(("monitoring", "observing", "watching", "mitigated", "implemented", "verifying"), "monitoring"),
    **dict.fromkeys(("resolved", "fixed", "solved", "completed", "complete", "closed", "recovered"), "resolved"),
    **dict.fromkeys(("final", "postmortem", "post-mortem"), "resolved"),
    **dict.fromkeys(("update", "updated", "edit", "edited"), ""),
    **dict.fromkeys(("scheduled", "planned", "announced"), "scheduled"),
    **dict.fromkeys(("started", "starting"), "in_progress"),
    **dict.fromkeys(("cancelled", "canceled", "postponed"), "cancelled"),
}
# What may stand beside them, and says nothing.
_OTHERS = frozenset(
    [
        *("issue", "incident", "problem", "cause", "fix", "status", "message", "latest", "new", "automated", "system"),
        *("a", "the", "is", "has", "been", "we", "are", "now", "and", "in", "progress", "post", "mortem", "report"),
    ]
)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_MOST_WORDS = 5
OPENING = frozenset({"investigating", "identified", "scheduled"})


def find_status(label: str) -> str | None:
    """A status of incidents or of changes, "" for an update that repeats the one before; None for any other words."""
    words = _WORD.findall(label.casefold().replace("post mortem", "postmortem"))
    known = [word for word in words if word in _WORDS]
    if not known or len(words) > _MOST_WORDS or any(word not in _WORDS and word not in _OTHERS for word in words):
        return None
    named = [_WORDS[word] for word in known if _WORDS[word]]
    return named[-1] if named else ""
