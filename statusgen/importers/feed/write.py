Report = import_feeds = None
