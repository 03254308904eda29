"""Options and variables of the two rows of the table of overrides that have many: a browser's, and a second try's."""

from __future__ import annotations

OF_BROWSERS = (
    "--headless",
    "--remote-debugging-port",
    "--user-data-dir",
    "--profile",
    "--no-remote",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--password-store",
    "--use-mock-keychain",
    "--proxy-server",
    "--proxy-bypass-list",
    "--window-size",
    "--no-sandbox",
    "MOZ_HEADLESS_WIDTH",
    "MOZ_HEADLESS_HEIGHT",
    "MOZ_CRASHREPORTER_DISABLE",
    "HOME",
    "TMPDIR",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
)

OF_TRIALS = (
    "PYTHONNOUSERSITE",
    "PYTHONPATH",
    "IPYTHONDIR",
    "JUPYTER_NO_CONFIG",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_CONFIG_PATH",
    "JUPYTER_DATA_DIR",
    "MATPLOTLIBRC",
    "MPLCONFIGDIR",
    "KMP_DUPLICATE_LIB_OK",
)
