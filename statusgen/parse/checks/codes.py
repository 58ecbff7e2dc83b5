"""Every code of what can be wrong with content, and which of them site.yaml may make stricter or silent."""

from __future__ import annotations

# Of an entry that can be published. Only `check` looks for these, unless site.yaml makes one an error.
ADVICE = frozenset({
    "copied-file", "empty-update", "file-date", "leftover", "no-report", "open-for-days", "planned-incident",
    "text-time", "untranslated", "update-order", "update-overdue",
})  # fmt: skip
# What time alone brings: who writes something else must not be kept from publishing it.
CLOCKED = frozenset({"no-report", "open-for-days", "report-overdue", "update-overdue"})
# What else is a warning, always or mostly; an error of the same code stays one.
WARNINGS = ADVICE | frozenset({
    "duplicate-name", "file-name", "future-time", "late-end", "lax-response", "low-contrast", "message-empty",
    "message-heading", "no-components", "no-duration", "not-an-update", "not-announced", "not-committed",
    "not-markdown", "nothing-affected", "other-language", "repeat-overlap", "repeat-start", "repeat-update",
    "report-overdue", "state-not-used", "too-much-markup", "two-exceptions", "unknown-placeholder", "unsafe-html",
    "unsafe-link", "unused-except", "yaml-comment",
})  # fmt: skip
# Errors about files that are left out anyway.
LOWERABLE = frozenset({"not-content", "wrong-extension"})
CHANGEABLE = WARNINGS | LOWERABLE
# Errors without whose correction the page could not be made, or would say what its author did not mean.
FIXED = frozenset({
    "alias-taken", "ambiguous-except", "ambiguous-time", "bad-alias", "bad-attributes", "bad-change-type", "bad-check",
    "bad-contact", "bad-credits", "bad-date", "bad-duration", "bad-except", "bad-hours", "bad-id", "bad-impact",
    "bad-name", "bad-occurrence", "bad-percent", "bad-period", "bad-picture", "bad-repeat", "bad-response",
    "bad-status", "bad-time", "bad-token", "bad-url", "bad-weight", "bug", "comment-unclosed", "control-character",
    "draft-incident", "draft-series", "duplicate-alias", "duplicate-id", "duplicate-key", "duplicate-language",
    "empty-file", "empty-list", "merge-conflict", "missing-file", "missing-key", "missing-state", "no-front-matter",
    "no-occurrence", "no-original", "no-series", "no-time", "no-updates", "nonexistent-time", "not-utf8",
    "overlapping-promises", "submodule", "symlink", "theme", "time-order", "too-large", "too-many-windows",
    "translation-fact", "translation-update", "two-ends", "unclosed-front-matter", "unknown-component", "unknown-feed",
    "unknown-group", "unknown-impact", "unknown-incident", "unknown-key", "unknown-language", "unknown-series",
    "unknown-state", "unknown-status", "unknown-zone", "unreadable", "wrong-type", "yaml", "yaml-alias", "yaml-tag",
})  # fmt: skip
CODES = CHANGEABLE | FIXED
