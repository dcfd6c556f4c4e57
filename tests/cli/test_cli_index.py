"""`flask index` and `flask settings`."""

from pathlib import Path

from flask import Flask


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=arguments)
    return result.exit_code, result.output


def test_an_index_is_built_and_told(app: Flask, instance: Path) -> None:
    """How many places, how many of them listed, and that it agrees with the catalogue."""
    code, output = run(app, "index", "build")

    assert code == 0, output
    assert (instance / "index.db").exists()
    assert "Miejsca:    6" in output
    assert "Na stronie: 5" in output
    assert "zgodny z\u00a0katalogiem" in output


def test_status_says_what_is_wrong(app: Flask, catalogue: Path) -> None:
    """A bad feature: the index answers from what it had, says why, and the command ends with 1."""
    assert run(app, "index", "status")[0] == 0
    catalogue.write_bytes(catalogue.read_bytes().replace(b'"type":"inne"', b'"type":"zamek"'))

    code, output = run(app, "index", "status")

    assert code == 1
    assert "Miejsca:    6" in output
    assert "linia 6" in output


def test_a_damaged_index_is_built_anew(app: Flask, instance: Path) -> None:
    """Nothing but the index is lost, and the index is made again."""
    instance.mkdir(parents=True)
    (instance / "index.db").write_bytes(b"not a database" * 1000)

    code, output = run(app, "index", "build")

    assert code == 0, output
    assert "Miejsca:    6" in output


def test_settings_are_all_told(app: Flask, catalogue: Path) -> None:
    """Each with its meaning, its default and, where it differs, its present value."""
    code, output = run(app, "settings")

    assert code == 0
    for setting in app.config["SETTINGS"]:
        assert f"{setting.name}\n    {setting.help}\n" in output
    assert f"teraz:     {catalogue}" in output
