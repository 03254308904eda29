"""How files of data begin, for the programs that usually read them: those go by what is in a file, and not
by its name.
"""

from __future__ import annotations

from collections.abc import Callable

# https://www.garykessler.net/library/file_sigs.html and the formats' own pages
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
# One family: Pillow, torchvision and browsers ask the content, and much of the web is saved as another.
IMAGES = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", *TIFF)
ZIP = b"PK"
NUMPY = b"\x93NUMPY"
STREAM = b"\xff\xff\xff\xff"  # of Arrow, as Hugging Face's `save_to_disk` writes it
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".parquet": (b"PAR1", b"PARE"),
    ".feather": (b"ARROW1", b"FEA1"),
    ".arrow": (b"ARROW1", STREAM),
    ".xlsx": (ZIP,),
    ".npz": (ZIP, NUMPY),
    ".npy": (NUMPY, ZIP),
    ".zip": (ZIP,),
    ".gz": (b"\x1f\x8b",),
    ".bz2": (b"BZh",),
    ".xz": (b"\xfd7zXZ",),
    ".sqlite": (b"SQLite format 3\0",),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), IMAGES),
}
HDF5 = b"\x89HDF"
PDF_WITHIN = 1024  # bytes in which readers look for its mark


def _is_webp_or_avif(head: bytes) -> bool:
    return (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] == b"ftypavif"


def _is_hdf5(head: bytes) -> bool:
    """Its mark may stand behind a block of somebody's own, of 512 bytes or a power of two above that."""
    places, place = [0], 512
    while place < len(head):
        places.append(place)
        place *= 2
    return any(head.startswith(HDF5, place) for place in places)


def _is_pdf(head: bytes) -> bool:
    return b"%PDF" in head[:PDF_WITHIN]


ELSEWHERE: dict[str, Callable[[bytes], bool]] = {
    ".pdf": _is_pdf,
    ".h5": _is_hdf5,
    ".hdf5": _is_hdf5,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), _is_webp_or_avif),
}
# Further kinds of data, of which nobody writes a page on purpose
FURTHER = """.csv .tsv .tab .txt .json .jsonl .ndjson .geojson .xls .ods .dta .sav .sas7bdat .mat .pkl .pickle
.joblib .pt .pth .ckpt .onnx .safetensors .gguf .bin .data .dat .names .vec .arff .db .db3 .duckdb .gif .bmp .webp
.avif .wav .mp3 .ogg .flac .mp4 .shp .dbf .shx .gpkg .nc .fits .las .tar .tgz .7z .rar .rds .rdata .fasta .fa .vcf
.pdb .gpx .docx .pptx .ttf .otf .whl .ipynb .py .r .jl"""
OF_DATA = frozenset([*BEGINNINGS, *ELSEWHERE, *FURTHER.split(), ""])


def is_right(ending: str, head: bytes) -> bool:
    """Whether what usually reads files of this ending reads one that begins so; of an ending that is not
    known nobody says otherwise.
    """
    if ending not in BEGINNINGS and ending not in ELSEWHERE:
        return True
    elsewhere = ELSEWHERE.get(ending)
    return head.startswith(BEGINNINGS.get(ending, ())) or bool(elsewhere and elsewhere(head))
