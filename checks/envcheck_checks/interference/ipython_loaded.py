"""Files that a configuration of IPython's loads from other profiles: `load_subconfig`, as a course has its
learners write it. One that is not there is passed over without a word.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from envcheck import foreign_file, places

LOADED = re.compile(
    r"""^[^#\n]*load_subconfig\(\s*['"]([^'"\n]+)['"][^)]*\bprofile\s*=\s*['"]([^'"\n]+)['"]""",
    re.MULTILINE,
)


def loaded_from_profiles(profile: Path) -> list[Path]:
    """Those that are there, the one that is loaded last first: it is the root of what it sets. None that
    lies outside of IPython's folder, or behind a link: where this is a copy, that is the learner's own.
    """
    files = [*foreign_file.matching(profile, "*_config.py")]
    for file in files:  # it grows meanwhile
        for name, other in LOADED.findall(foreign_file.text_or_nothing(file)):
            loaded = profile.parent / f"profile_{other}" / name
            ours = os.path.isfile(loaded) and places.really_in(loaded, profile.parent)
            if ours and loaded not in files:
                files.append(loaded)
    return [file for file in reversed(files) if file.parent != profile]
