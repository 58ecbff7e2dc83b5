"""JSON Schemas of what people write, for editors: they complete keys and underline what is wrong while one types.

An editor sees less than `check` does: it knows one file, and no git. What it underlines, `check` refuses."""
