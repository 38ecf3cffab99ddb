#!/bin/sh
# Make the Python environment, or mend one that a failed try left behind. Usage: make_env.sh PYTHON VENV REQUIREMENTS
set -eu
python=$1 venv=$2 wanted=$3

command -v "$python" >/dev/null 2>&1 || {
  echo "Enid needs Python 3.11 or newer. Nothing was changed. Type: apt-get install python3 python3-venv" >&2
  exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Enid needs Python 3.11 or newer; $python is $("$python" -V 2>&1). Type: make PYTHON=python3.11 run" >&2
  exit 1
}
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$venv"
  "$python" -m venv "$venv" || {
    rm -rf "$venv"
    echo "Python's venv is missing. Type: apt-get install python3-venv" >&2
    exit 1
  }
fi
echo "Installing what $wanted names ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$wanted"

# The checkout itself is the package: a path file instead of an install keeps one source of truth.
here=$(cd "$(dirname "$0")/.." && pwd)
"$venv/bin/python" - "$here" <<'PY'
import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "enid.pth").write_text(sys.argv[1] + "\n")
script = pathlib.Path(sys.executable).with_name("enid")
script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m enid "$@"\n')
script.chmod(0o755)
PY
