"""Which HTML may stand in content. Parsing warns about the rest, rendering removes it."""

_TAGS = """
a abbr b blockquote br caption code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark
ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr
"""
ALLOWED_TAGS = frozenset(_TAGS.split())
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
