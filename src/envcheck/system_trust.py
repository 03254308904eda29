"""Whose certificates this system trusts."""

from __future__ import annotations

import os
import ssl
from contextlib import suppress

# Where Linux distributions keep what they trust, for a Python that was built elsewhere.
CA_FILES = (
    "/etc/ssl/cert.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/ca-bundle.pem",
)


def system_trust() -> ssl.SSLContext:
    """What this system trusts. On Linux by the files themselves: truststore would ask our own
    process's variables.
    """
    import sys

    if sys.platform in ("win32", "darwin"):
        with suppress(ImportError):
            import truststore

            return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context, usual = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.get_default_verify_paths()
    file = next(
        (place for place in (usual.openssl_cafile, *CA_FILES) if os.path.isfile(place)), None
    )
    folder = usual.openssl_capath if os.path.isdir(usual.openssl_capath) else None
    with suppress(OSError):
        if file or folder:
            context.load_verify_locations(file, folder)
    return context
