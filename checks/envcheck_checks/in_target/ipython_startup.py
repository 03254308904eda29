# IPython's start-up files, run one after the other in the shell of this Python, as a kernel runs them:
# which of them raises, in which line, and what. Started as `python -c SOURCE MARKER FILES...`.
import json
import os
import sys
import traceback

from IPython.core.interactiveshell import InteractiveShell

marker = sys.argv[1]


def say(value):
    sys.stdout.flush()
    os.write(1, (marker + json.dumps(value) + marker + "\n").encode("ascii"))


def line_in(file, error):
    """The last line of this file that the exception came through; its own, where it has no syntax."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno or 0
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    return lines[-1] if lines else 0


def run(shell, file):
    if file.endswith(".ipy"):
        shell.safe_execfile_ipy(file, raise_exceptions=True)
    else:
        shell.safe_execfile(file, shell.user_ns, raise_exceptions=True)


def main():
    shell = InteractiveShell.instance()
    for file in sys.argv[2:]:
        try:
            run(shell, file)
        except BaseException as error:
            name, message = type(error).__name__, str(error)
            say({"file": file, "line": line_in(file, error), "error": name, "message": message})


if __name__ == "__main__":
    main()
