"""What our own code never does, wherever it stands: read from its syntax, so that a new line is read too."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache

import pytest

from tests.architecture.source import ROOT, functions, modules, name, parsed, tracked

LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
OURS = tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def calls(tree):
    return [(ast.unparse(one.func), one) for one in ast.walk(tree) if isinstance(one, ast.Call)]


@cache
def imported(tree):
    found = set()
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            found |= {alias.name for alias in one.names}
        elif isinstance(one, ast.ImportFrom):
            found |= {f"{one.module}.{alias.name}" for alias in one.names}
    return found


def where(wrong):
    return sorted(name(path) for path in modules() if wrong(parsed(path)))


def says(tree, *denied):
    return any(re.fullmatch("|".join(denied), said) for said, _call in calls(tree))


def brings(tree, *denied):
    return any(one.startswith(denied) for one in imported(tree))


def runs_text(tree):
    shell = any(k.arg == "shell" for _said, call in calls(tree) for k in call.keywords)
    return shell or says(tree, r"eval", r"exec", r"compile", r"os\.(system|popen)")


def unpickles(tree):
    return brings(tree, "pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle")


def builds_sql(tree):
    """A statement that is given to the database and put together from what may come from outside."""
    for said, call in calls(tree):
        if not re.search(r"(\.execute|\.raw|RawSQL|\.extra)$", said) or not call.args:
            continue
        if "SQL(" in ast.unparse(
            call.args[0]
        ):  # psycopg's own way: names and values are quoted by it
            continue
        if isinstance(call.args[0], ast.BinOp) and isinstance(call.args[0].op, ast.Mod):
            return True
        if isinstance(call.args[0], ast.Call) and ast.unparse(call.args[0].func).endswith(
            ".format"
        ):
            return True
    return False


def searches_what_was_typed(tree):
    """A pattern made of what is not written in the code."""
    for said, call in calls(tree):
        if re.fullmatch(r"re\.(compile|search|match|fullmatch|sub|findall|split|finditer)", said):
            loose = [one.id for one in ast.walk(call.args[0]) if isinstance(one, ast.Name)]
            if "request" in loose or any(".cleaned_data" in ast.unparse(a) for a in call.args[:1]):
                return True
    return False


def makes_templates(tree):
    return says(tree, r"(template\.)?Template", r"engines\[.*\]\.from_string", r".*\.from_string")


def reads_xml_with_entities(tree):
    plain = {"xml.etree.ElementTree.fromstring", "xml.etree.ElementTree.parse", "xml.sax.parse",
             "xml.etree.ElementTree.iterparse", "xml.sax.make_parser", "xml.dom.minidom"}  # fmt: skip
    return bool(plain & imported(tree)) or says(tree, r"ET\.(fromstring|parse|iterparse|XML)")


def draws_from_a_seed(tree):
    return brings(tree, "random", "numpy.random", "uuid.uuid1")


def hashes_weakly(tree):
    return says(tree, r"(hashlib\.)?(md5|sha1)", r"hashlib\.new")


def encrypts_by_hand(tree):
    return brings(tree, "cryptography.hazmat.primitives.ciphers.Cipher", "Crypto", "nacl") or says(
        tree, r".*\b(ECB|CBC|PKCS1v15|ARC4|TripleDES|RSAPrivateKey)\b.*"
    )  # fmt: skip


def asks_outside(tree):
    return brings(
        tree, "urllib.request", "http.client.HTTPConnection", "requests", "httpx"
    ) or says(tree, r"socket\.(socket|create_connection)", r"smtplib\.SMTP(_SSL)?")


RULES = [
    runs_text, unpickles, searches_what_was_typed, makes_templates, reads_xml_with_entities,
    hashes_weakly, encrypts_by_hand,
]  # fmt: skip
PLANTED = {
    runs_text: ["eval(words)", "subprocess.run(words, shell=True)", "os.system(words)"],
    unpickles: ["import pickle", "from yaml import load"],
    builds_sql: ["cursor.execute('SELECT %s' % words)", "Case.objects.raw('{}'.format(words))"],
    searches_what_was_typed: ["re.search(request.GET['q'], text)"],
    makes_templates: ["Template(words)", "engines['django'].from_string(words)"],
    reads_xml_with_entities: ["ET.fromstring(words)", "from xml.sax import make_parser"],
    hashes_weakly: ["hashlib.md5(words)", "sha1(words)"],
    encrypts_by_hand: ["from cryptography.hazmat.primitives.ciphers import Cipher", "modes.ECB()"],
    draws_from_a_seed: ["import random"],
    asks_outside: ["from urllib.request import urlopen"],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_never(rule):
    assert where(rule) == []


@pytest.mark.parametrize("rule", PLANTED, ids=lambda rule: rule.__name__)
def test_would_see_it(rule):
    """The control of the tests above."""
    assert [line for line in PLANTED[rule] if not rule(ast.parse(line))] == []


def test_draws_by_chance_that_nobody_can_foresee():
    # The demo is the same town each time; places on a map may be the same each time too.
    assert {one for one in where(draws_from_a_seed) if not one.startswith("linli/demo/")} <= set()


def test_puts_statements_together_of_our_own_words_alone():
    # Which of two constant conditions; the names of tables and triggers, in migrations.
    assert set(where(builds_sql)) <= {
        "linli/facts/queries/pairs.py",
        "linli/kernel/triggers.py",
        "linli/kernel/backups/copying.py",
    }


def test_asks_outside_in_few_places():
    # `linli serve` asks whether its own port is free.
    assert where(asks_outside) == sorted([*OUTSIDE, "linli/kernel/management/commands/serve.py"])


# Each is an address that the house's own settings or a planner wrote down: docs/security.md#who-speaks-to-whom.
OUTSIDE = [
    "linli/kernel/couriers.py",
    "linli/kernel/sms.py",
    "linli/kernel/witnesses.py",
]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_follows_no_detour(path):
    text = (ROOT / path).read_text()

    assert "_NoDetour" in text
    assert "urlopen(" not in text
    assert "timeout=" in text


def test_escapes_everything_in_templates():
    said = {
        name(path)
        for path in tracked("linli/**/*.html")
        if re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape off", path.read_text(errors="replace"))
    }
    # What Django says of a form's field, in its own templates too.
    assert said == {"linli/ui/templates/ui/form/_about.html"}


def test_writes_text_into_pages_by_script():
    own = [path for path in tracked("linli/**/*.js", "linli/**/*.mjs") if "vendor" not in str(path)]
    found = {
        name(path): said
        for path in own
        for said in re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage"
            r"|__proto__|location\.hash\s*\)|document\.domain",
            path.read_text(encoding="utf-8"),
        )
    }
    assert own
    assert found == {}


def runtime():
    """Return the names of everything that an installation has."""
    packages = {one["name"]: one for one in LOCK["package"]}
    wanted, found = ["linli"], set()
    while wanted:
        one = wanted.pop()
        if one in found:
            continue
        found.add(one)
        told = packages[one]
        wanted += [need["name"] for need in told.get("dependencies", [])]
        for more in told.get("optional-dependencies", {}).values():
            wanted += [need["name"] for need in more] if one != "linli" else []
    return found


@pytest.mark.parametrize(
    "what",
    [
        *(
            "ldap",
            "graphene|graphql|strawberry|ariadne",
            "channels|websockets|daphne",
            "pymemcache|memcache",
        ),
        *("aiortc|turn", "oauth|oidc|openid|authlib", "saml", "jwt|jose", "redis|celery", "jnd"),
    ],
)
def test_has_no_part_for(what):
    """Neither a library nor an address: what is not there needs no guard."""
    from tests.town.addresses import paths

    word = re.compile(rf"(^|[-/_])({what})", re.IGNORECASE)
    assert [one for one in runtime() if word.search(one)] == []
    assert [one for one in paths() if word.search(one)] == []
    assert len(runtime()) > 50


def test_locks_every_part_with_its_digest():
    remote = [one for one in LOCK["package"] if "registry" in one["source"]]

    assert len(remote) > 50
    assert len({one["source"]["registry"] for one in remote}) == 1
    assert [one["name"] for one in remote for file in [one.get("sdist"), *one.get("wheels", [])]
            if file and not file["hash"].startswith("sha256:")] == []  # fmt: skip
    assert {one["name"] for one in LOCK["package"] if "registry" not in one["source"]} == {"linli"}


def test_gives_a_reason_for_every_part():
    text = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("\n]")[0]

    assert [
        line for line in text.splitlines() if line.strip().startswith('"') and "#" not in line
    ] == []


def test_says_every_type_and_compares_strictly():
    assert OURS["tool"]["mypy"]["strict"] is True
    loose = [name(path) for path in modules() for one in functions(path)
             if not one.returns and not one.name.startswith("_")]  # fmt: skip
    assert loose == []


def test_takes_no_word_from_address_and_form_alike():
    """What is sent is read from the form, what is asked from the address: never from whichever has it."""
    assert where(lambda tree: "request.REQUEST" in ast.unparse(tree)) == []


def test_compares_secrets_in_constant_time():
    secret = re.compile(r"(passphrase|secret|token|digest_of|signature|mac)$")
    found = {
        name(path)
        for path in modules()
        for one in ast.walk(parsed(path))
        if isinstance(one, ast.Compare)
        and isinstance(one.ops[0], ast.Eq | ast.NotEq)
        and secret.search(ast.unparse(one.left))
        and not isinstance(one.comparators[0], ast.Constant)
    }
    assert found <= set()


def test_bandit_rules_are_on():
    """ruff has bandit's rules; `make audit` runs bandit itself."""
    lint = OURS["tool"]["ruff"]["lint"]

    assert {"S", "BLE", "B"} <= set(lint["select"])
    assert not [rule for rule in lint["ignore"] if rule.startswith("S")]


def test_ships_no_test_and_no_demo_switch_on():
    said = subprocess.run(
        [sys.executable, "-c", "import linli.config.settings as s; print(s.DEBUG, s.DEMO)"],
        env={"PATH": "/usr/bin:/bin", "LINLI_HOME": str(ROOT / "build" / "defaults")},
        capture_output=True, text=True, cwd=ROOT, check=True,
    ).stdout  # fmt: skip

    assert said.split() == ["False", "False"]
