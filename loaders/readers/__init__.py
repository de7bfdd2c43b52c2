"""Readers, one module a kind of file; none knows another."""
