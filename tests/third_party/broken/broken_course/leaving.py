"""It ends the program that imports it."""

import sys

print("noise")
sys.exit(0)
