"""Which variables' values may stand in a report: those of a closed list, whose values are folders,
numbers and switches. Of any other variable a report says that it is set: its value may be a secret,
whatever its name begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from envcheck.secret_shapes import HIDDEN

_PYTHON = """
    PATH HOME STARTUP EXECUTABLE NOUSERSITE USERBASE SAFEPATH PLATLIBDIR OPTIMIZE DEBUG INSPECT VERBOSE CASEOK WARNINGS
    UTF8 COERCECLOCALE IOENCODING LEGACYWINDOWSSTDIO LEGACYWINDOWSFSENCODING MALLOC MALLOCSTATS DEVMODE FAULTHANDLER
    TRACEMALLOC PROFILEIMPORTTIME ASYNCIODEBUG BREAKPOINT PYCACHEPREFIX DONTWRITEBYTECODE UNBUFFERED HASHSEED
    INTMAXSTRDIGITS NODEBUGRANGES PERFSUPPORT _GIL _JIT _COLORS _BASIC_REPL _HISTORY _CPU_COUNT _FROZEN_MODULES
"""
_LOADERS = """
    LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT LD_BIND_NOW LD_DEBUG LD_RUN_PATH
    DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH DYLD_FRAMEWORK_PATH DYLD_FALLBACK_FRAMEWORK_PATH DYLD_INSERT_LIBRARIES
    DYLD_ROOT_PATH DYLD_PRINT_LIBRARIES
"""
_LIBRARIES = """
    OPENBLAS_NUM_THREADS OPENBLAS_CORETYPE OPENBLAS_VERBOSE OPENBLAS_MAIN_FREE
    OMP_NUM_THREADS OMP_DYNAMIC OMP_PROC_BIND OMP_PLACES OMP_SCHEDULE OMP_STACKSIZE OMP_WAIT_POLICY OMP_THREAD_LIMIT
    OMP_NESTED OMP_MAX_ACTIVE_LEVELS
    MKL_NUM_THREADS MKL_DYNAMIC MKL_THREADING_LAYER MKL_INTERFACE_LAYER MKL_SERVICE_FORCE_INTEL MKL_DEBUG_CPU_TYPE
    MKL_ENABLE_INSTRUCTIONS MKL_CBWR MKL_VERBOSE
    KMP_DUPLICATE_LIB_OK KMP_AFFINITY KMP_BLOCKTIME KMP_INIT_AT_FORK KMP_SETTINGS KMP_STACKSIZE KMP_WARNINGS
    OPENSSL_CONF OPENSSL_CONF_INCLUDE OPENSSL_MODULES OPENSSL_ENGINES SSLKEYLOGFILE
"""
_NOTEBOOKS = """
    IPYTHONDIR MPLBACKEND MPLCONFIGDIR MATPLOTLIBRC MATPLOTLIBDATA
    JUPYTER_PATH JUPYTER_DATA_DIR JUPYTER_CONFIG_DIR JUPYTER_CONFIG_PATH JUPYTERLAB_DIR JUPYTER_PREFER_ENV_PATH
    QT_API QT_PLUGIN_PATH QT_QPA_PLATFORM QT_QPA_PLATFORM_PLUGIN_PATH QT_QPA_FONTDIR QT_DEBUG_PLUGINS QT_STYLE_OVERRIDE
    QT_SCALE_FACTOR QT_AUTO_SCREEN_SCALE_FACTOR QT_XCB_GL_INTEGRATION
"""
# Without the name and password that an address may have: the scrubber takes those out.
_PROXIES = "http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY"
_PIP = """
    target prefix root python user dry-run no-deps no-index index-url extra-index-url find-links constraint requirement
    build-constraint require-hashes require-virtualenv only-binary no-binary prefer-binary pre upgrade upgrade-strategy
    force-reinstall ignore-installed ignore-requires-python no-build-isolation use-pep517 platform python-version
    implementation abi report progress-bar root-user-action no-warn-script-location no-warn-conflicts break-system-packages
    cache-dir no-cache-dir disable-pip-version-check default-timeout timeout retries trusted-host cert client-cert proxy
    no-input exists-action keyring-provider use-feature use-deprecated isolated verbose quiet log no-color src editable
    compile no-compile no-clean
"""
SHORT = 6  # letters: what is shorter is looked for as a whole word


def variable_of_pip(key: str) -> str:
    """The variable that sets what `global.index-url` sets in a file."""
    return f"PIP_{key.rpartition('.')[2].upper().replace('-', '_')}"


SHOWN = frozenset(
    (
        *(f"PYTHON{name}" for name in _PYTHON.split()),
        *" ".join((_LOADERS, _LIBRARIES, _NOTEBOOKS, _PROXIES)).split(),
        *map(variable_of_pip, _PIP.split()),
    )
)


def shown(name: str, value: str) -> str:
    """A value is shown where its name is on the list: any other may be a secret."""
    return f"{name}={value}" if name in SHOWN else f"{name} is set"


def all_shown(variables: Iterable[tuple[str, str]]) -> str:
    """Several of them, as a list."""
    return ", ".join(shown(name, value) for name, value in variables)


def of_pip(key: str, value: str) -> str:
    """The same for a setting in a file of pip's, `global.index-url`."""
    return f"{key} = {value}" if variable_of_pip(key) in SHOWN else f"{key} is set"


def without_values(text: str, variables: Iterable[tuple[str, str]]) -> str:
    """What a program printed, without the values of variables that are not on the list: it may
    have quoted them.
    """
    for name, value in variables:
        if name not in SHOWN and value.strip():
            whole = re.escape(value.strip())
            pattern = rf"(?<!\w){whole}(?!\w)" if len(value) < SHORT else whole
            text = re.sub(pattern, HIDDEN, text)
    return text
