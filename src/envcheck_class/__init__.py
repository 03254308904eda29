"""The class with a server: reports arrive over the network, are kept, and are shown live.

It reads reports by `envcheck.classroom`; what comes with the extra `class` is used here alone.
"""
