"""A page test that failed leaves a picture, its elements, a trace and the console; one that passed leaves nothing."""

import os
import subprocess
import sys
import zipfile

TESTS = """
def test_fails(page):
    page.set_content("<h1>Here</h1><script>console.log('said before')</script>")
    assert page.locator("h1").inner_text() == "There"

def test_has_problems(page):
    page.set_content("<h1>Here</h1><script>console.error('broken')</script>")

def test_passes(page):
    page.set_content("<h1>Here</h1>")
"""


def test_a_failed_test_leaves_what_its_page_showed(root, tmp_path):
    file = tmp_path / "test_pages.py"
    file.write_text(TESTS, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]", "utf-8")
    plugins = ["-p", "tests.browser.conftest", "-p", "no:randomly", "-p", "no:cacheprovider"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-c", str(tmp_path / "pytest.ini"), "-rA", str(file)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert "1 failed, 2 passed, 1 error" in run.stdout, run.stdout + run.stderr
    left = tmp_path / "build/browser/test_pages"
    files = {"console.txt", "page-1.html", "page-1.png", "trace-1.zip"}
    assert {folder.name: {file.name for file in folder.iterdir()} for folder in left.iterdir()} == {
        "test_fails": files,
        "test_has_problems": files,
    }
    assert (left / "test_fails/console.txt").read_text("utf-8") == "log: said before\n"
    assert (left / "test_has_problems/console.txt").read_text("utf-8") == "error: broken\nproblem: broken\n"
    assert (left / "test_fails/page-1.png").read_bytes().startswith(b"\x89PNG")
    assert "<h1>Here</h1>" in (left / "test_fails/page-1.html").read_text("utf-8")
    with zipfile.ZipFile(left / "test_fails/trace-1.zip") as trace:
        assert b'"method":"setContent"' in trace.read("trace.trace")
    assert f"The pages are in {left / 'test_fails'}" in run.stdout
