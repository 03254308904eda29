@echo off
rem Starts envcheck isolated from the learner's PYTHON* settings, which can end a Python before its first line.
setlocal EnableExtensions DisableDelayedExpansion
if defined PYTHONEXECUTABLE set "ENVCHECK_KEEP_PYTHONEXECUTABLE=%PYTHONEXECUTABLE%"
set "PYTHONEXECUTABLE="
set "ENVCHECK_COMMAND=%~0"
rem A venv's Python lies beside us, conda's and python.org's in the folder above.
set "ENVCHECK_PYTHON=%~dp0python.exe"
if not exist "%ENVCHECK_PYTHON%" set "ENVCHECK_PYTHON=%~dp0..\python.exe"
if not exist "%ENVCHECK_PYTHON%" goto user
set "ENVCHECK_PYTHON=" & "%ENVCHECK_PYTHON%" -I -X utf8 -m envcheck %*
exit /b %errorlevel%
:user
rem Installed with `pip install --user` into Python313\Scripts: an isolated Python would not look there.
for %%f in ("%~dp0..") do set "ENVCHECK_PYTHON=%%~nxf"
set "ENVCHECK_PYTHON=%ENVCHECK_PYTHON:~6,1%.%ENVCHECK_PYTHON:~7%"
for %%p in (py.exe) do if "%%~$PATH:p"=="" goto python
set "ENVCHECK_PYTHON=" & py -%ENVCHECK_PYTHON% -E -X utf8 -m envcheck %*
exit /b %errorlevel%
:python
set "ENVCHECK_PYTHON=" & python -E -X utf8 -m envcheck %*
exit /b %errorlevel%
