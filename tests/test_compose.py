"""The compose file, read: no container engine runs where the tests do."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.browser import PORT, address
from tests.integration.neo4j.server import server_version

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def service(compose: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = compose["services"]["neo4j"]
    return service


def test_the_image_is_the_server_that_the_tests_run(service: dict[str, Any]) -> None:
    assert service["image"] == f"neo4j:{server_version()}-community"


def test_the_password_is_required_and_has_no_default(service: dict[str, Any]) -> None:
    user, _, password = service["environment"]["NEO4J_AUTH"].partition("/")
    assert user == "neo4j"
    assert re.fullmatch(r"\$\{KG_NEO4J_PASSWORD:\?[^}]+\}", password)


def test_the_example_of_settings_gives_no_password() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert "KG_NEO4J_PASSWORD=" in lines


def test_the_health_check_logs_in_over_bolt_with_that_password(service: dict[str, Any]) -> None:
    kind, command = service["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert command.startswith("cypher-shell -a bolt://localhost:7687 -u neo4j -p ")
    assert "$${NEO4J_AUTH#neo4j/}" in command  # $$: expanded in the container, not by compose
    assert {"interval", "timeout", "retries", "start_period"} <= set(service["healthcheck"])


def test_ports_are_bolt_and_http_on_this_machine_only(service: dict[str, Any]) -> None:
    assert service["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]


def test_the_data_outlives_the_container_in_a_named_volume(compose: dict[str, Any], service: dict[str, Any]) -> None:
    name, _, folder = service["volumes"][0].partition(":")
    assert folder == "/data"
    assert name in compose["volumes"]


# --- the files of `kg browser`


@pytest.fixture(scope="module")
def guides(compose: dict[str, Any]) -> dict[str, Any]:
    guides: dict[str, Any] = compose["services"]["guides"]
    return guides


def test_the_browser_may_fetch_from_this_machine_and_from_nowhere_else(service: dict[str, Any]) -> None:
    allowed = service["environment"]["NEO4J_browser_remote__content__hostname__whitelist"]
    assert allowed.split(",") == ["localhost", "127.0.0.1"]


def test_what_the_browser_does_first_is_set_by_the_user(service: dict[str, Any]) -> None:
    assert service["environment"]["NEO4J_browser_post__connect__cmd"] == "${KG_BROWSER_START:-}"
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert "KG_BROWSER_START=" in lines
    (example,) = (line for line in lines if line.startswith("# KG_BROWSER_START="))
    assert example.endswith(f'"style {address()}/kg.grass; play {address()}/guide.html"')  # a shell reads the file too


def test_the_folder_of_kg_browser_is_mounted_read_only_and_only_on_demand(guides: dict[str, Any]) -> None:
    assert guides["profiles"] == ["guides"]
    assert guides["ports"] == [f"127.0.0.1:{PORT}:80"]
    (mount,) = guides["volumes"]
    assert (mount["source"], mount["target"], mount["read_only"]) == ("./browser", "/usr/share/nginx/html", True)
    assert mount["bind"] == {"create_host_path": False}


def test_the_folder_is_served_with_the_headers_that_style_and_play_need(
    compose: dict[str, Any], guides: dict[str, Any]
) -> None:
    (config,) = guides["configs"]
    content = compose["configs"][config["source"]]["content"]
    assert config["target"] == "/etc/nginx/conf.d/default.conf"
    assert "add_header Access-Control-Allow-Origin http://localhost:7474 always;" in content
    assert "add_header Access-Control-Allow-Headers $$http_access_control_request_headers always;" in content
    assert "if ($$request_method = OPTIONS) { return 204; }" in content
    assert not re.search(r"(?<!\$)\$(?!\$)", content)  # a lone $ would be expanded by compose
    assert content.count("{") == content.count("}")
