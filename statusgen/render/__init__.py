"""Model to artifacts: pages, feeds and assets as bytes by path. Reads no disk and no clock."""
