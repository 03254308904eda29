"""The tools of the course's scope, one a file: each is proved by a little real work in the target
that ends in a computed number.
"""
