"""The files by which a city's three database machines are set up: what they promise, and that they agree."""

import re

from tests.architecture.source import ROOT

PATRONI = (ROOT / "deploy/patroni.yml").read_text()
ETCD = (ROOT / "deploy/etcd.env").read_text()
UNIT = (ROOT / "deploy/patroni.service").read_text()


def said(name):
    [value] = re.findall(rf"^ *{name}: +(\S+)", PATRONI, re.MULTILINE)
    return value


def test_acknowledges_what_two_machines_have():
    assert (said("synchronous_mode"), said("synchronous_commit")) == ("true", '"on"')
    assert not re.search(r"fsync|full_page_writes", PATRONI)
    assert "data-checksums" in PATRONI
    assert said("use_pg_rewind") == "true"


def test_gives_a_healthy_leader_time_to_be_heard():
    ttl, wait, again = (int(said(name)) for name in ("ttl", "loop_wait", "retry_timeout"))

    assert wait + 2 * again <= ttl <= 20


def test_names_the_same_three_machines_everywhere():
    assert said("hosts") == ",".join(f"10.0.0.1{n}:2379" for n in (1, 2, 3))
    [cluster] = re.findall(r"^ETCD_INITIAL_CLUSTER=(.*)$", ETCD, re.MULTILINE)
    assert cluster == ",".join(f"db{n}=http://10.0.0.1{n}:2380" for n in (1, 2, 3))


def test_lets_nobody_in_without_a_password():
    [rules] = re.findall(r"pg_hba:.*\n((?:    - .*\n)+)", PATRONI)

    assert {rule.split()[-1] for rule in rules.splitlines()} == {"peer", "scram-sha-256"}
    assert set(re.findall(r"password: (\w+)", PATRONI)) == {
        f"{name}_PASSWORD" for name in ("RESTAPI", "SUPERUSER", "REPLICATION", "REWIND")
    }
    assert "User=postgres" in UNIT
