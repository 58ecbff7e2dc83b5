"""Pure functions of content and `now`: what was visible, how components fared, what the uptime was, what comes next."""
