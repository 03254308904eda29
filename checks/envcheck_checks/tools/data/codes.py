"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code

AWS_SETTINGS_FILE_BREAKS = Code(
    "aws-settings-file-breaks", "A settings file of yours keeps boto3 from starting", "s3"
)
DASK_SETTINGS_FILE = Code(
    "dask-settings-file", "A settings file of yours keeps Dask from working", "dask", automatic=True
)
GIT_IDENTITY_MISSING = Code(
    "git-identity-missing", "git does not know your name and address", "dvc"
)
ICEBERG_CATALOGUE_UNWRITABLE = Code(
    "iceberg-catalogue-unwritable",
    "Iceberg's catalogue is put where it cannot be written",
    "iceberg",
)
