"""Makes a virtual environment with one release of a package:

install.py PACKAGE RELEASE CACHE_DIR [--legacy-before R] [--source REPOSITORY]

With a source, a folder or an address that git can clone, the package is the tree of the tag RELEASE, and what it depends on
is installed by name. A release before R needs a Python before 3.9: its botocore still imports names that later Pythons dropped, or a dependency
has no wheel for them. Done twice, the second time changes nothing. A Python of your choice: STS_RECORDER_PYTHON=/path/to/python.
"""
import argparse
import ast
import configparser
import glob
import json
import os
import re
import shutil
import subprocess
import sys


def numbers(release):
    return tuple(int(n) for n in re.findall(r"\d+", release))


def version(python):
    try:
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        out = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except OSError:
        return None
    return numbers(out.stdout.strip()) or None


def interpreter(legacy):
    """The newest suitable Python: the one asked for, those on PATH, those of pyenv."""
    chosen = os.environ.get("STS_RECORDER_PYTHON")
    if chosen:
        return chosen
    names = ["python3"] + ["python3.%d" % minor for minor in range(14, 5, -1)]
    found = [path for path in map(shutil.which, names) if path]
    root = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    found += sorted(glob.glob(os.path.join(root, "versions", "*", "bin", "python")), reverse=True)
    for python in found:
        at = version(python)
        if at and ((3, 6) <= at < (3, 9) if legacy else at >= (3, 9)):
            return python
    sys.exit("no Python %s found; name one with STS_RECORDER_PYTHON" % ("3.6 to 3.8" if legacy else ">= 3.9"))


def pip(python, *args):
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *args]
    if subprocess.run(command).returncode:
        sys.exit("pip install %s failed with %s" % (" ".join(args), python))


def tree(repository, tag, folder):
    """The files of a tag, without its history."""
    if os.path.isdir(repository):
        repository = "file://" + os.path.abspath(repository)  # a plain path would be cloned as a whole
    shutil.rmtree(folder, ignore_errors=True)
    command = ["git", "-c", "advice.detachedHead=false", "clone", "--quiet", "--depth=1", "--branch=" + tag, repository, folder]
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
        sys.exit("git clone of tag %s from %s failed" % (tag, repository))
    shutil.rmtree(os.path.join(folder, ".git"))


def dependencies(folder):
    """What pyproject.toml, or before it setup.cfg, asks for."""
    with open(os.path.join(folder, "pyproject.toml")) as f:
        listed = re.search(r"^dependencies = (\[.*?^\])", f.read(), re.M | re.S)
    if listed:
        return ast.literal_eval(listed.group(1))  # strings and comments are written as in Python
    setup = configparser.ConfigParser()
    setup.read(os.path.join(folder, "setup.cfg"))
    return setup["options"]["install_requires"].split("\n")[1:]


def main():
    parser = argparse.ArgumentParser()
    for name in ("package", "release", "cache"):
        parser.add_argument(name)
    parser.add_argument("--legacy-before")
    parser.add_argument("--source")
    given = parser.parse_args()
    package, release, cache = given.package, given.release, given.cache
    legacy = given.legacy_before is not None and numbers(release) < numbers(given.legacy_before)
    done, venv = os.path.join(cache, "installed.json"), os.path.join(cache, "venv")
    python = os.path.join(venv, "bin", "python")
    if os.path.exists(done) and os.path.exists(python):
        return
    chosen = interpreter(legacy)
    source = os.path.join(os.path.abspath(cache), "source")
    if given.source:
        tree(given.source, release, source)
    shutil.rmtree(venv, ignore_errors=True)
    if subprocess.run([chosen, "-m", "venv", venv]).returncode:
        sys.exit("%s -m venv failed" % chosen)
    if given.source:
        # Not as a package: to build one of AWS CLI v2 takes minutes, for its index of completions.
        pip(python, *dependencies(source))
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        packages = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, text=True).stdout.strip()
        with open(os.path.join(packages, package + ".pth"), "w") as f:
            f.write(source + "\n")
    elif package == "boto3":
        # boto3 admits any botocore up to the next minor: the release of the same day is the lower bound.
        pip(python, "--no-deps", "boto3==" + release)
        code = "import glob, sys; print(open(glob.glob(sys.prefix + '/lib/python*/site-packages/boto3-*.dist-info/METADATA')[0]).read())"
        metadata = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, text=True).stdout
        line = next(l for l in metadata.splitlines() if re.match(r"Requires-Dist: botocore\b", l))
        lower = re.search(r">=\s*([\d.]+)", line)
        if not lower:
            sys.exit("boto3 %s names no lower bound of botocore: %s" % (release, line))
        pip(python, "boto3==" + release, "botocore==" + lower.group(1))
    else:
        pip(python, package + "==" + release)
    with open(done, "w") as f:
        json.dump({"package": package, "release": release, "python": chosen}, f)


main()
