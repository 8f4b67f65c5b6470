"""A packed file leads nowhere but into its folder, on a Python with a filter of its own and on one without."""

import io
import tarfile

import pytest

from linli.kernel.backups.unpacking import unpack


def packed(name, kind=tarfile.REGTYPE, to=""):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        one = tarfile.TarInfo(name)
        one.type, one.linkname, one.size = kind, to, 2 if kind == tarfile.REGTYPE else 0
        made.addfile(one, io.BytesIO(b"ok"))
    out.seek(0)
    return tarfile.open(fileobj=out)


@pytest.fixture(params=["its own filter", "none"], autouse=True)
def _filter(request, monkeypatch):
    if request.param == "none":
        monkeypatch.delattr(tarfile, "data_filter", raising=False)


def test_unpacks_a_file(tmp_path):
    with packed("files/a") as found:
        unpack(found, tmp_path)

    assert (tmp_path / "files/a").read_bytes() == b"ok"


@pytest.mark.parametrize(
    ("name", "kind", "to"),
    [("../a", tarfile.REGTYPE, ""), ("b/../../a", tarfile.REGTYPE, ""), ("a", tarfile.SYMTYPE, "/etc/passwd"),
     ("a", tarfile.LNKTYPE, "../../b"), ("a", tarfile.FIFOTYPE, ""), ("a", tarfile.CHRTYPE, "")],
)  # fmt: skip
def test_refuses_what_leads_out(tmp_path, name, kind, to):
    folder = tmp_path / "in"
    folder.mkdir()
    with packed(name, kind, to) as found, pytest.raises(tarfile.TarError):
        unpack(found, folder)

    assert [*tmp_path.rglob("*")] == [folder]
