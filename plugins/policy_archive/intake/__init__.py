"""From addresses, crawls and saved files to captures in an archive's folder.

The one room that goes to the network, and only when a command asks it to.
"""
