"""The built code of the canvas, and whether it is what its source says.

``python -m components.canvas.bundle`` compares the committed bundle with its manifest and the
manifest with the sources, without Node.js.
"""

import functools
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent
FRONTEND = _HERE / "frontend"
FOLDER = _HERE / "bundle"
BUNDLE = FOLDER / "canvas.js"
MANIFEST = FOLDER / "manifest.json"
LICENCES = FOLDER / "LICENCES.txt"
_BUILD = "run `npm ci && npm run build` in components/canvas/frontend and commit the bundle"


@functools.cache
def bundle_id() -> str:
    """Return a name for the committed code, which changes with it."""
    return digest(BUNDLE)[:12]


def digest(path: Path) -> str:
    """Return the SHA-256 of a text file; line ends do not count, because checkouts change them."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def sources(frontend: Path = FRONTEND) -> Iterator[Path]:
    """Yield every file that the bundle is made of, in a fixed order."""
    for name in ("build.mjs", "package-lock.json", "package.json"):
        yield frontend / name
    yield from sorted((frontend / "src").glob("*.*"), key=lambda path: path.name)


def problems(folder: Path = FOLDER, frontend: Path = FRONTEND) -> list[str]:
    """Return what does not fit between sources, manifest and bundle; empty if all does."""
    manifest = json.loads((folder / MANIFEST.name).read_text(encoding="utf-8"))
    found = [
        f"{name} is not what the manifest says"
        for name, wanted in manifest["bundle"].items()
        if digest(folder / name) != wanted
    ]
    now = {path.relative_to(frontend).as_posix(): digest(path) for path in sources(frontend)}
    listed: dict[str, str] = manifest["sources"]
    for name in sorted({*now, *listed}):
        if name not in now:
            found.append(f"{name} is gone since the bundle was built")
        elif now[name] != listed.get(name):
            found.append(f"{name} is newer than the bundle")
    return found


def main() -> int:
    """Print what does not fit; return 0 if all does and 1 if not."""
    found = problems()
    for line in found:
        sys.stdout.write(f"canvas: {line}; {_BUILD}\n")
    if not found:
        sys.stdout.write("The bundle of the canvas fits its source.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
