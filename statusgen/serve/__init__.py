"""The preview on this machine: the working tree in a browser, current with every save."""
