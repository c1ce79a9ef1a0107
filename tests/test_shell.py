"""What the tests take over of the shell that they were started in."""

from shell import forget


def test_what_would_change_what_tests_see_is_forgotten_and_the_rest_stays():
    kept = {"PATH": "/bin", "TZ": "JST-9", "SHELL": "/bin/sh", "EXAMPLES": "9", "AZURITE_BLOB_STORAGE_URL": "x"}
    foreign = ("KB_PORT", "https_proxy", "NO_COLOR", "COLUMNS", "TERM_PROGRAM", "PGHOST", "GIT_DIR", "MAKEFLAGS")
    environment = {**kept, **dict.fromkeys(foreign, "1")}
    forget(environment)
    assert environment == kept


def test_words_are_those_of_who_has_chosen_no_language():
    environment = {"LANG": "ja_JP.UTF-8", "LC_ALL": "de_DE", "LC_CTYPE": "C", "LANGUAGE": "ja"}
    forget(environment)
    assert environment == {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LC_CTYPE": "C"}
