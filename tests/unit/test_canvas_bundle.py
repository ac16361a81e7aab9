"""The committed code of the canvas is what its source says, and nothing is fetched for it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from components.canvas.bundle import BUNDLE, FOLDER, FRONTEND, LICENCES, bundle_id, main, problems


@pytest.fixture
def copy(tmp_path: Path) -> tuple[Path, Path]:
    folder, frontend = tmp_path / "bundle", tmp_path / "frontend"
    shutil.copytree(FOLDER, folder)
    shutil.copytree(FRONTEND, frontend, ignore=shutil.ignore_patterns("node_modules"))
    return folder, frontend


def test_the_bundle_fits_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert problems() == []
    assert main() == 0
    assert "fits its source" in capsys.readouterr().out


def test_line_ends_of_a_checkout_do_not_count(copy: tuple[Path, Path]) -> None:
    for path in (copy[0] / "canvas.js", copy[1] / "src" / "layout.js"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems(*copy) == []


def test_a_change_on_either_side_is_found(copy: tuple[Path, Path]) -> None:
    folder, frontend = copy
    with (frontend / "src" / "layout.js").open("a") as file:
        file.write("// later\n")
    (frontend / "src" / "extra.js").write_text("export {};\n")
    (frontend / "src" / "tools.jsx").unlink()
    with (folder / "canvas.js").open("a") as file:
        file.write("// by hand\n")
    assert problems(*copy) == [
        "canvas.js is not what the manifest says",
        "src/extra.js is newer than the bundle",
        "src/layout.js is newer than the bundle",
        "src/tools.jsx is gone since the bundle was built",
    ]


def test_versions_are_exact_and_locked() -> None:
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    wanted = package["dependencies"] | package["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert all("integrity" in one for path, one in lock["packages"].items() if path)


def test_licences_of_what_is_in_it_travel_along() -> None:
    text = LICENCES.read_text(encoding="utf-8")
    for name in ("react ", "@xyflow/react ", "@dagrejs/dagre ", "zustand "):
        assert f"\n{name}" in f"\n{text}"
    assert "(no licence file)" not in text
    assert BUNDLE.read_text(encoding="utf-8").startswith("/* Built from")
    assert re.fullmatch(r"[0-9a-f]{12}", bundle_id())


def test_labels_are_never_markup() -> None:
    for path in (FRONTEND / "src").iterdir():
        source = path.read_text(encoding="utf-8")
        assert "dangerouslySetInnerHTML" not in source
        assert "innerHTML" not in source
        assert "eval(" not in source
