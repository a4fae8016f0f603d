#!/bin/bash
# require.sh TOOL...: sees to it that the tools are there; installs what is missing by apt-get where that is allowed,
# and says the exact command where it is not.
set -euo pipefail

missing=()

need_jdk() {
  local version
  if command -v javac >/dev/null 2>&1; then
    version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    if [ "${version:-0}" -ge 17 ]; then
      return
    fi
    echo "javac on the path is version ${version:-unknown}; 17 or newer is needed." >&2
  fi
  missing+=(openjdk-17-jdk-headless)
}

for tool in "$@"; do
  case $tool in
    jdk) need_jdk ;;
    maven) command -v mvn >/dev/null 2>&1 || missing+=(maven) ;;
    chromium) command -v chromium >/dev/null 2>&1 || missing+=(chromium) ;;
    prometheus) command -v promtool >/dev/null 2>&1 || missing+=(prometheus) ;;
    postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql) ;;
    python) python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv) ;;
    wrk) command -v wrk >/dev/null 2>&1 || missing+=(wrk) ;;
    *) echo "require.sh: unknown tool $tool; known are jdk, maven, chromium, prometheus, postgresql, python, wrk" >&2; exit 2 ;;
  esac
done

if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Missing: ${missing[*]}. This system has no apt-get: install them its own way, then run make again." >&2
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=(bash -c)
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n bash -c)
else
  echo "Missing: ${missing[*]}. Install them, then run make again:" >&2
  echo "  sudo sh -c '$command'" >&2
  exit 1
fi
echo "Installing ${missing[*]}"
# Debian's PostgreSQL makes a cluster of its own and starts it, unless it is told not to before.
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
  command="apt-get update && apt-get install -y --no-install-recommends postgresql-common && \
sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf && \
apt-get install -y --no-install-recommends ${missing[*]}"
fi
# Debian's package of Prometheus starts a service on port 9090 and at every boot; only its programs are wanted. Masked
# before the installation, it never starts; where there is no systemd it is stopped and taken from the boot.
quiet=""
if [[ " ${missing[*]} " == *" prometheus "* ]]; then
  if [ -d /run/systemd/system ]; then
    command="systemctl mask prometheus.service && $command"
  else
    quiet="; if [ -x /etc/init.d/prometheus ]; then /etc/init.d/prometheus stop; update-rc.d prometheus disable; fi; true"
  fi
fi
if ! "${as_root[@]}" "export DEBIAN_FRONTEND=noninteractive; { $command; } && { true $quiet; }" >/tmp/control-room-install.$$ 2>&1; then
  cat /tmp/control-room-install.$$ >&2
  echo "The installation failed. By hand: sudo sh -c '$command'" >&2
  exit 1
fi
rm -f /tmp/control-room-install.$$
