"""PDF and Word files from strangers, without what they say of their maker.

Like pictures they are taken apart in a process of its own, with limits of memory
and time: `main` is that program, which imports neither Django nor anything of ours
but `pictures` beside it. Names, companies, dates of editing, scripts and files
within are left out; what cannot be read is refused.
"""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECONDS = 30
MOST_BYTES = 100_000_000  # of a Word file, unpacked
PDF = "application/pdf"
RUN = "import sys; sys.path.append(sys.argv[2]); import documents; documents.main()"

CORE = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"""
APP = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"""
CUSTOM = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>"""
PROPERTIES = {
    "docprops/core.xml": CORE,
    "docprops/app.xml": APP,
    "docprops/custom.xml": CUSTOM,
}
SAYS_WHO = re.compile(
    rb"""((?:w|w15|w16\w*):(?:author|initials|userId|providerId)\s*=\s*)("[^"]*"|'[^']*')"""
)
PICTURE = re.compile(r"\.(jpe?g|png|webp)$")
LEFT_OUT = (
    *("/Metadata", "/PieceInfo", "/LastModified"),
    *("/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/AF"),
    *("/XFA", "/RichMediaContent", "/RichMediaSettings"),
)
RUNS = {"/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"}
"""Actions of a PDF that start a program, send what was typed or open another file."""

ACTION = ("/S", "/F", "/Win", "/Unix", "/Mac", "/D", "/T", "/R", "/URI")
OTHER_FILES = (b"PK\x03\x04", b"MZ", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x7fELF")
REFUSED = re.compile(r"vbaproject|activex|\.bin$|embeddings/")


def cleaned(content, media_type, refused):
    """Return a file without what it says of its maker; raise `refused` where it cannot be."""
    command = [sys.executable, "-I", "-c", RUN, media_type, str(HERE)]
    try:
        done = subprocess.run(  # no shell; the media type is one of ours
            command, input=content, capture_output=True, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise refused("it took too long") from None
    except subprocess.CalledProcessError as failed:
        raise refused(f"exit status {failed.returncode}") from None
    return done.stdout


def clean_word(content):
    """Return a Word file with its properties emptied and the names of editors gone."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
            raise ValueError("too large, unpacked")
        for name in parts.namelist():
            part = clean_part(name, parts.read(name))
            kept.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def clean_part(name, content):
    """Return one part of a Word file as it is kept; raise ValueError for what can run."""
    plain = name.lower()
    if REFUSED.search(plain):
        raise ValueError("it holds what can run, or another file")
    if plain in PROPERTIES:
        return PROPERTIES[plain]
    if found := PICTURE.search(plain):
        from pictures import draw  # noqa: PLC0415 - beside this file, in the cage

        kind = found[1].replace("jpg", "jpeg")
        return draw(content, f"image/{kind}")
    if content.startswith(OTHER_FILES):
        raise ValueError("another file stands within it")
    if plain.endswith(".xml"):
        return SAYS_WHO.sub(rb'\1""', content)
    return content


def clean_pdf(content):
    """Return a PDF with its properties, scripts and enclosed files left out."""
    import pikepdf  # noqa: PLC0415 - only in the cage

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if pdf.is_encrypted:
            raise ValueError("it is locked")
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for each in pdf.objects:
            clean_object(each, pikepdf)
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def clean_object(each, pikepdf):
    """Leave out of one object of a PDF who made it, and what would run."""
    if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        for name in left_out_of(each):
            if name in each:
                del each[name]
        inside = [each[name] for name in each.keys()]  # noqa: SIM118 - no dict
    else:
        inside = list(each) if isinstance(each, pikepdf.Array) else []
    for value in inside:  # other objects come by themselves
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            clean_object(value, pikepdf)


def left_out_of(each):
    """Return the names that an object goes without; of a note, who wrote it."""
    if str(each.get("/S", "")) in RUNS:
        return (*LEFT_OUT, *ACTION)
    if each.get("/Type") == "/Annot" and each.get("/Subtype") != "/Widget":
        return (*LEFT_OUT, "/T", "/M", "/CreationDate")
    return LEFT_OUT


def main():
    """Clean what comes in on standard input; any fault is exit status 1."""
    from pictures import MEMORY, cage  # noqa: PLC0415 - beside this file, in the cage

    cage(MEMORY, SECONDS)
    clean = clean_pdf if sys.argv[1] == PDF else clean_word
    try:
        done = clean(sys.stdin.buffer.read())
    except Exception as fault:  # a parser may fail in any way
        sys.exit(type(fault).__name__)
    sys.stdout.buffer.write(done)
