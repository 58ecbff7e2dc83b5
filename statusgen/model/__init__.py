"""Frozen values that cannot be wrong. Nothing in here touches a disk, a clock or a process."""
