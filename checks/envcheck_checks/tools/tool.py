"""The name of `envcheck_checks.tools.framework.tool` that course authors import; it stays until
1.0.
"""

from envcheck_checks.tools.framework.tool import (
    Tool,
    works,
)

__all__ = [
    "Tool",
    "works",
]
