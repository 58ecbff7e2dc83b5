"""The commands: parse options, call, print, exit."""
