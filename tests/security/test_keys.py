"""Passwords that are taken, and what keys, digests and random words are made of."""

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import aead  # noqa: F401 - there, and not used by hand
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.test import Client

from linli.config import settings as given
from linli.kernel import api_keys, passphrases, sealing
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.town.staff import account


def taken(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


class TestPasswords:
    @pytest.mark.parametrize(
        "password",
        ["short", "1q2w3e4r5t6y", "Password12345678", "passwordpassword", "P@ssw0rd2026!!!", "linlilinlilinli", "linli-admin-2026",
         "Linli20262026!", "Administrator1", "monkeymonkey12", "123456789012", "邻里邻里邻里邻里邻里邻里", "dragon!!!!!!!!!!"],
    )  # fmt: skip
    def test_refuses_what_is_guessed_first(self, password):
        assert not taken(password)

    @pytest.mark.parametrize(
        "password",
        ["correct horse battery", "another-long-one", "春眠不觉晓处处闻啼鸟呀呀", "aaaabbbbccccdddd1", "x" * 30 + "Ωß 9" * 40,
         "no-digits-no-capitals", "LINLI is where I work"],
    )  # fmt: skip
    def test_takes_any_signs_and_any_length(self, password):
        assert taken(password)

    def test_knows_the_words_of_the_account(self):
        user = Staff(username="wangxiaohong", name="王小红", unit="民族宗教事务局")

        assert not taken("wangxiaohong2026", user)
        assert not taken("王小红民族宗教事务局2026", user)
        assert taken("wangxiaohong2026")

    def test_holds_more_than_three_thousand_that_leaked(self):
        assert len(CommonPasswordValidator().passwords) > 3000
        assert password_validators_help_texts()[-1]

    @pytest.mark.django_db
    def test_keeps_them_as_they_were_typed(self):
        staff = account(Role.PLANNER, username="planner")
        said = "  Ends with a space " + "x" * 80
        staff.set_password(said)
        staff.save()

        for typed, came in (
            (said, 302),
            (said.strip(), 422),
            (said[:72], 422),
            (said.lower(), 422),
        ):
            answer = Client().post("/account/login/", {"login": "planner", "password": typed})
            assert answer.status_code == came

    @pytest.mark.django_db
    def test_asks_for_them_in_masked_fields_that_managers_fill(self, client):
        page = client.get("/account/login/").content.decode()

        (field,) = re.findall(r'<input[^>]*name="password"[^>]*>', page)
        assert 'type="password"' in field
        assert 'autocomplete="current-password"' in field
        assert not re.search(r"onpaste|oncopy|hint|secret question", page)

    def test_are_hashed_slowly(self):
        # 19 MiB and two rounds are asked for today at the least.
        assert given.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
        assert Argon2PasswordHasher.memory_cost >= 19 * 1024
        assert Argon2PasswordHasher.time_cost >= 2


class TestKeys:
    def test_seals_with_one_approved_way(self):
        kind = sealing._KIND

        assert kind.type_url.endswith("AesGcmKey")
        assert b" " in kind.value  # 32 bytes: 256 bits
        assert given.MFA_TOTP_TOLERANCE == 1

    def test_gives_programs_keys_of_many_bits(self):
        source = Path(api_keys.__file__).read_text()

        assert "secrets.token_urlsafe(32)" in source  # 256 bits
        assert "sha256" in source

    def test_gives_residents_passphrases_nobody_can_try_out(self):
        # 15 free digits, and the doors let few tries through: tests/cases/test_follow_pages.py.
        made = {passphrases.new_passphrase() for _times in range(200)}

        assert len(made) == 200
        assert len(re.sub(r"\D", "", made.pop())) == 16

    def test_signs_sessions_with_a_key_of_many_bits(self):
        assert len(given._secret_key()) >= 50
