# Imports modules one after the other in a separate process, and says of each how it went. Started
# as `python -c SOURCE MARKER MODULE...` in the learner's folder: what hides a module there hides it
# here.
import json
import os
import sys
import time
import traceback

marker = sys.argv[1]
folder = os.getcwd()


def say(value):
    sys.stdout.flush()
    os.write(1, (marker + json.dumps(value) + marker + "\n").encode("ascii"))


def inside_folder(path):
    path = os.path.abspath(path or "")
    return path.startswith(folder + os.sep) and "site-packages" not in path


def files_of(error):
    frames = traceback.extract_tb(sys.exc_info()[2])
    files = [
        frame[0]
        for frame in frames
        if frame[0] != "<string>" and not frame[0].startswith("<frozen")
    ]
    # What could not even be loaded has no frame: bytecode or a compiled file of another Python's.
    refused = getattr(error, "path", None) if isinstance(error, ImportError) else None
    if inside_folder(refused):
        files.append(refused)
    return files


def attempt(name):
    begun = time.time()
    row = {"module": name}
    say(dict(row, begun=True))
    try:
        __import__(name)
        module = sys.modules[name]
        top = sys.modules[name.split(".")[0]]
        if getattr(module, "__file__", None) is None and hasattr(module, "__path__"):
            raise ImportError("%s is a folder without its __init__.py" % name)
        row.update(
            file=getattr(module, "__file__", None),
            version=str(getattr(top, "__version__", "")),
            path=list(getattr(top, "__path__", [])),
        )
    except BaseException as error:
        row.update(
            error=type(error).__name__,
            message=str(error)[:1500],
            missing=getattr(error, "name", None) if isinstance(error, ImportError) else None,
            files=files_of(error)[-8:],
        )
    row["seconds"] = round(time.time() - begun, 3)
    say(row)


def is_empty(path):
    try:
        return path.endswith(".py") and os.path.getsize(path) == 0
    except OSError:
        return False


for word in sys.argv[2:]:
    attempt(word)
files = [
    (name, str(getattr(module, "__file__", None) or ""))
    for name, module in list(sys.modules.items())
]
say(
    {
        "hiding": sorted([name, path] for name, path in files if inside_folder(path)),
        "empty": sorted(path for _, path in files if is_empty(path)),
    }
)
