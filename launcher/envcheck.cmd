@echo off
rem Starts envcheck isolated from the learner's PYTHON* settings, which can end a Python before its first line.
setlocal
if defined PYTHONEXECUTABLE set "ENVCHECK_KEEP_PYTHONEXECUTABLE=%PYTHONEXECUTABLE%"
set "PYTHONEXECUTABLE="
set "ENVCHECK_COMMAND=%~0"
"%~dp0python.exe" -I -X utf8 -m envcheck %*
