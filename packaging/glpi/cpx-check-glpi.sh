#!/bin/sh
# GLPI Agent : écrit un complément d'inventaire, à donner à l'agent par « additional-content » :
#   cpx-check-glpi.sh /var/lib/cpx-check/glpi.json && glpi-agent --additional-content=/var/lib/cpx-check/glpi.json
# Le verdict apparaît comme un logiciel « cpx-check (verdict) », dont la version est le verdict et le code d'assistance :
# il se cherche, se compte et s'historise comme tout logiciel de l'inventaire.
set -eu
file=$1
line=$(cpx-check --format line 2>/dev/null) || [ $? -le 3 ]
# la ligne est en ASCII, sans guillemet ni barre oblique inverse
verdict=$(echo "$line" | sed 's/.*(\(CPX-[^)]*\)) cpx-check\.line\/2 \([a-z-]*\) .*/\2 \1/')
temporary=$(mktemp "$file.XXXXXX")
printf '{"content": {"softwares": [{"name": "cpx-check (verdict)", "version": "%s", "comments": "%s"}]}}\n' \
    "$verdict" "$line" >"$temporary"
chmod 644 "$temporary"
mv "$temporary" "$file"
