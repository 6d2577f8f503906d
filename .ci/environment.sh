# Make the virtual environment with the pinned libraries and the package: environment.sh PYTHON FOLDER EXTRAS
# Prints "ready" and nothing else, or one line that says what this machine lacks and what to do about it.
python=$1 folder=$2 extras=$3
is_new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
log=$folder/pip.log

problem() {
    echo "$*"
    exit
}

install() {
    "$folder/bin/python" -m pip install --disable-pip-version-check --no-build-isolation -c constraints.txt "$@" >>"$log" 2>&1
}

command -v "$python" >/dev/null ||
    problem "There is no $python: install Python 3.11 or newer, or name the one you have: make PYTHON=python3.12"
"$python" -c "$is_new_enough" 2>/dev/null ||
    problem "Python 3.11 or newer is needed, $python is $("$python" --version 2>&1 | head -n 1): install a newer one and name it: make PYTHON=python3.12"

# A working environment is kept and brought up to date; a broken or half-made one is made anew.
if ! "$folder/bin/python" -c "$is_new_enough" 2>/dev/null || ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear "$folder" >/dev/null 2>&1 ||
        problem "$python cannot make a virtual environment in $folder: install its venv module (Debian, Ubuntu: sudo apt install python3-venv), see that the folder is writable, and run make again"
fi

no_index="pip gets nothing from its package index: check the network, the proxy and pip's settings (PIP_INDEX_URL, PIP_NO_INDEX), then run make again (all of pip's words: $log)"
echo "Installing the pinned libraries into $folder ..." >&2
: >"$log"
# setuptools first and pinned, so that nothing is built with whatever version is newest on the day. Where not even these
# two can be had, the index is out of reach, though pip may call it "conflicting dependencies".
install pip setuptools || problem "$no_index"
if ! install -e ".${extras:+[$extras]}"; then
    grep -q 'after connection broken by' "$log" && problem "$no_index"
    problem "pip could not install the libraries, $(grep -i '^ *error' "$log" | tail -n 1) (all of pip's words: $log)"
fi
pwd >"$folder/checkout"
echo ready
