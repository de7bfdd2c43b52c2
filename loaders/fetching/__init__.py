"""The network: only what the user names is asked for, over HTTP, within limits, and never a machine of their own.

Nothing else in the loaders opens a connection, but for `loaders.chat`. The standard library's HTTP is used, since the
connection must go to the very address that was checked: a library that looks the name up by itself could be told
another one the second time.
"""
