# The files of bytecode that this Python would take, and cannot read: cut short, or full of zeros.
# Started as `python -c SOURCE MARKER FOLDERS...`, it says the name of each below these folders.
import importlib.util
import json
import marshal
import os
import sys

HEADER = 16  # the number of the format, flags, and what tells the source
ENDING = "." + (sys.implementation.cache_tag or "none") + ".pyc"


def is_damaged(file):
    """One of another format, or without a whole header, is made anew without a word."""
    try:
        with open(file, "rb") as opened:
            data = opened.read()
    except OSError:
        return False
    if len(data) < HEADER or data[:4] != importlib.util.MAGIC_NUMBER:
        return False
    try:
        code = marshal.loads(data[HEADER:])
    except Exception:
        return True
    return not hasattr(code, "co_code")


def main():
    marker = sys.argv[1]
    for top in sys.argv[2:]:
        for folder, _, names in os.walk(top):
            if os.path.basename(folder) != "__pycache__":
                continue
            for name in names:
                file = os.path.join(folder, name)
                if name.endswith(ENDING) and is_damaged(file):
                    os.write(1, (marker + json.dumps({"file": file}) + marker).encode("ascii"))


if __name__ == "__main__":
    main()
