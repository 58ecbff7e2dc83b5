"""Text in, a value and its problems out. Parsers never raise on content and read no disk and no clock."""
