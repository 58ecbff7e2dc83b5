"""The one place that knows the whole way: source → parse → model → history → render → publish."""
