"""What every tool's check is made from: a sandbox, a function that travels, its causes and its
page.
"""
