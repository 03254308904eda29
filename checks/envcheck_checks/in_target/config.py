# Loads each of the learner's configuration files by itself, as Jupyter does, and says what it sets
# or why it fails. Started as `python -c SOURCE MARKER FILE...`.
import json
import os
import sys

marker = sys.argv[1]


def plain(value, depth=0):
    if isinstance(value, dict) and depth < 4:
        return dict((str(key), plain(item, depth + 1)) for key, item in value.items())
    if isinstance(value, list) and depth < 4:
        return [plain(item, depth + 1) for item in value[:100]]
    return value if isinstance(value, (int, float, bool, type(None))) else str(value)[:300]


def load(path):
    row = {"file": path}
    sys.stdout.flush()
    os.write(1, (marker + json.dumps(dict(row, begun=True)) + marker + "\n").encode("ascii"))
    try:
        from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

        loader = JSONFileConfigLoader if path.endswith(".json") else PyFileConfigLoader
        row["config"] = plain(
            loader(os.path.basename(path), path=os.path.dirname(path)).load_config()
        )
    except BaseException as error:
        row.update(error=type(error).__name__, message=str(error)[:800])
    os.write(1, (marker + json.dumps(row) + marker + "\n").encode("ascii"))


for word in sys.argv[2:]:
    load(word)
