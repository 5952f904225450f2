# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cpx_check_global_optspecs
    string join \n format= output= show-identity portal= browser= module= all explain= list-checks compare= same-card other-card for-card= record= link= replay= trust-dir= crl= online user= wait= at= reader= simulate= baud= apdu-ms= lang= encoding= h/help V/version
end

function __fish_cpx_check_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_cpx_check_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_cpx_check_using_subcommand
    set -l cmd (__fish_cpx_check_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c cpx-check -n "__fish_cpx_check_needs_command" -l format -d 'Format de sortie : text, json, html (page à imprimer), line (une ligne), ndjson, prometheus ou junit' -r -f -a "text\t''
json\t''
html\t''
line\t''
ndjson\t''
prometheus\t''
junit\t''"
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l output -d 'Écrit la réponse dans ce fichier, en entier ou pas du tout' -r -F
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l portal -d 'Seulement ces portails, séparés par des virgules : igc-sante, rpps-plus, tom, tops, psc, e-cps' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l browser -d 'Seulement ces navigateurs, séparés par des virgules : firefox, chrome, edge, chromium, safari' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l module -d 'Interroge aussi ce module PKCS#11' -r -F
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l explain -d 'Explique un contrôle, par son nom ou son code : ce qu\'il vérifie, pourquoi, que faire, comment vérifier ensuite' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l compare -d 'Dit ce qui a changé depuis une réponse précédente (JSON) ou un cas enregistré ; avec deux fichiers, si la panne suit la carte ou le poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l for-card -d 'Dit si ce poste accepterait une carte de cette génération (cps4, cps3), quelle que soit la carte du lecteur' -r -f -a "cps3\t''
cps4\t''"
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l record -d 'Enregistre ce qui a été observé, sans nom, identifiant ni numéro : à envoyer à l\'assistance' -r -F
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l link -d 'Mot par lequel les cas d\'une même carte se reconnaîtront, jamais enregistré : choisissez une phrase que personne ne devine' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l replay -d 'Analyse un cas enregistré ailleurs, au lieu de ce poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l trust-dir -d 'Dossier ou fichier de certificats d\'autorité, en plus de ceux du poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l crl -d 'Dossier ou fichier de listes de révocation, pour vérifier l\'opposition sans réseau' -r -F
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l user -d 'Utilisateur dont les réglages sont vérifiés, quand un autre compte lance le programme (session ouverte sous Windows)' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l wait -d 'Secondes d\'attente supplémentaires si un autre programme occupe la carte' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l at -d 'Se place à cette date (aujourd\'hui par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l all -d 'Montre tous les contrôles et tous les points relevés'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l list-checks -d 'Liste les contrôles'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l same-card -d 'Les deux fichiers de « --compare » concernent la même carte, sur deux postes'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l other-card -d 'Les deux fichiers de « --compare » concernent deux cartes, sur le même poste'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -l online -d 'Utilise le réseau : demande à l\'émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -s V -l version -d 'Affiche la version'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "card" -d 'Lit la carte : type, porteur, validité, état du code porteur'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "serve" -d 'Montre le diagnostic dans le navigateur, et suit les lecteurs'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "certificate" -d 'Explique un fichier : certificat, demande, liste de révocation, conteneur, clé'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "f413" -d 'Dit si la carte convient au formulaire F413, et ce qui s\'y recopie'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "forms" -d 'Donne le formulaire de chaque situation, répond aux questions sur les cartes'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "parcours" -d 'Du contrat au certificat : l\'étape où vous en êtes, et la suivante'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "token" -d 'Interroge les modules PKCS#11 (Cryptolib CPS) et les compare avec la carte'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "readers" -d 'Liste les lecteurs, sans rien demander aux cartes'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "watch" -d 'Annonce ce qui se passe dans les lecteurs, au fur et à mesure'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "decode" -d 'Dit ce que signifie un code d\'assistance CPX-…'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "simulate" -d 'Insère une carte virtuelle dans le lecteur virtuel'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l output -d 'Écrit la réponse dans ce fichier, en entier ou pas du tout' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l replay -d 'Rejoue un enregistrement au lieu d\'interroger un lecteur' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l record -d 'Enregistre le dialogue avec la carte, données personnelles remplacées' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l trust-dir -d 'Dossier ou fichier de certificats d\'autorité, en plus de ceux du poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l crl -d 'Dossier ou fichier de listes de révocation, pour vérifier l\'opposition sans réseau' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l wait -d 'Secondes d\'attente supplémentaires si un autre programme occupe la carte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l at -d 'Se place à cette date (aujourd\'hui par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l masked -d 'Masque aussi au terminal les noms, identifiants et numéros'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l record-identity -d 'Enregistre aussi les noms, identifiants et numéros'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l certificates -d 'Lit aussi les certificats (plus long)'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l online -d 'Utilise le réseau : demande à l\'émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l portal -d 'Seulement ces portails, séparés par des virgules : igc-sante, rpps-plus, tom, tops, psc, e-cps' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l browser -d 'Seulement ces navigateurs, séparés par des virgules : firefox, chrome, edge, chromium, safari' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l module -d 'Interroge aussi ce module PKCS#11' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l trust-dir -d 'Dossier ou fichier de certificats d\'autorité, en plus de ceux du poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l crl -d 'Dossier ou fichier de listes de révocation, pour vérifier l\'opposition sans réseau' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l at -d 'Se place à cette date (aujourd\'hui par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l no-open -d 'N\'ouvre pas le navigateur : l\'adresse affichée est à ouvrir sur ce poste'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l keep -d 'Ne s\'arrête pas quand la page est fermée : donne une nouvelle adresse'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -l online -d 'Utilise le réseau : demande à l\'émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand serve" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l password-fd -d 'Lit le code d\'un conteneur (.p12, .pfx) dans ce descripteur de fichier au lieu du clavier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l trust-dir -d 'Dossier ou fichier de certificats d\'autorité, en plus de ceux du poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l crl -d 'Dossier ou fichier de listes de révocation, pour vérifier l\'opposition sans réseau' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l at -d 'Se place à cette date (aujourd\'hui par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l online -d 'Utilise le réseau : demande à l\'émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l output -d 'Écrit la réponse dans ce fichier, en entier ou pas du tout' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l trust-dir -d 'Dossier ou fichier de certificats d\'autorité, en plus de ceux du poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l crl -d 'Dossier ou fichier de listes de révocation, pour vérifier l\'opposition sans réseau' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l legal-representative -d 'Le porteur est-il le représentant légal : oui ou non' -r -f -a "unknown\t''
yes\t''
no\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l mandate -d 'Un mandat est-il enregistré pour lui : oui ou non' -r -f -a "unknown\t''
yes\t''
no\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l practice-owner -d 'Est-il le titulaire du cabinet : oui ou non' -r -f -a "unknown\t''
yes\t''
no\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l batch -d 'Lit les cartes l\'une après l\'autre et les inscrit dans ce fichier CSV' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l wait -d 'Secondes d\'attente supplémentaires si un autre programme occupe la carte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l at -d 'Se place à cette date (aujourd\'hui par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l masked -d 'Masque aussi au terminal les noms, identifiants et numéros'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l sources -d 'Montre les règles, leurs documents et leurs désaccords'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l certificates -d 'Lit aussi un certificat de la carte, pour vérifier son origine (plus long)'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l online -d 'Utilise le réseau : demande à l\'émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -l copy -d 'Copie N° de carte, nom et prénom, en entier, dans le presse-papiers'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and not __fish_seen_subcommand_from order" -f -a "order" -d 'Dit quels certificats commander, avec quel numéro et quels formulaires'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l structure -d 'Sorte de structure : hopital-public, dialyse, medico-social, laboratoire, pharmacie, centre-de-sante, maison-de-sante, prive-non-lucratif, prive-lucratif, cabinet-de-radiologie, societe-de-radiologie, cabinet-liberal, service-hospitalier, sans-patients ou autre' -r -f -a "public-hospital\t''
dialysis\t''
medico-social\t''
laboratory\t''
pharmacy\t''
health-centre\t''
health-house\t''
private-non-profit\t''
private-for-profit\t''
radiology-practice\t''
radiology-company\t''
liberal-practice\t''
hospital-service\t''
no-patients\t''
other\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l contract -d 'Contrat d\'adhésion d\'aujourd\'hui : aucun, finess-juridique, finess-geographique, siret, implicite ou inconnu' -r -f -a "none\t''
finess-legal\t''
finess-site\t''
siret\t''
implicit\t''
unknown\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l role -d 'Qui demande : representant-legal, mandataire, administrateur-technique, editeur ou titulaire' -r -f -a "legal-representative\t''
mandatary\t''
administrator\t''
publisher\t''
practice-owner\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l need -d 'Besoin, à répéter : insi (insi-auto, insi-manu), dmp, pro-sante-connect, boite-mssante, operateur-mssante, hprim-net, dossier-pharmaceutique, rpps-plus ou autre' -r -f -a "insi-auto\t''
insi-manu\t''
insi\t''
dmp\t''
psc\t''
mss-mailbox\t''
mss-operator\t''
hprim-net\t''
dp\t''
other\t''
rpps-plus\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l solutions -d 'Nombre de logiciels qui utilisent eux-mêmes les certificats (1 par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l servers -d 'Nombre de serveurs où chaque logiciel est installé (1 par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l sites -d 'Nombre de sites géographiques en tout' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l entities -d 'Nombre d\'entités juridiques (1 par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l finess-legal -d 'FINESS juridique (EJ), à vérifier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l finess-site -d 'FINESS géographique (EG), à vérifier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l siret -d 'SIRET, à vérifier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l rpps-rank -d 'RPPS rang, à vérifier ; à répéter' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l card-number -d 'N° de carte du signataire ou d\'un administrateur, à vérifier ; à répéter' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l holder-id -d 'Identifiant du porteur, à vérifier ; à répéter' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand f413; and __fish_seen_subcommand_from order" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand forms" -l profile -d 'Les formulaires d\'un profil : liberal, etablissement, medico-social, autre ou industriel' -r -f -a "liberal\t''
hospital\t''
medico-social\t''
other\t''
industry\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand forms" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand forms" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand forms" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand forms" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l structure -d 'Sorte de structure : hopital-public, dialyse, medico-social, laboratoire, pharmacie, centre-de-sante, maison-de-sante, prive-non-lucratif, prive-lucratif, cabinet-de-radiologie, societe-de-radiologie, cabinet-liberal, service-hospitalier, sans-patients ou autre' -r -f -a "public-hospital\t''
dialysis\t''
medico-social\t''
laboratory\t''
pharmacy\t''
health-centre\t''
health-house\t''
private-non-profit\t''
private-for-profit\t''
radiology-practice\t''
radiology-company\t''
liberal-practice\t''
hospital-service\t''
no-patients\t''
other\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l contract -d 'Contrat d\'adhésion d\'aujourd\'hui : aucun, finess-juridique, finess-geographique, siret, implicite ou inconnu' -r -f -a "none\t''
finess-legal\t''
finess-site\t''
siret\t''
implicit\t''
unknown\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l role -d 'Qui demande : representant-legal, mandataire, administrateur-technique, editeur ou titulaire' -r -f -a "legal-representative\t''
mandatary\t''
administrator\t''
publisher\t''
practice-owner\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l need -d 'Besoin, à répéter : insi (insi-auto, insi-manu), dmp, pro-sante-connect, boite-mssante, operateur-mssante, hprim-net, dossier-pharmaceutique, rpps-plus ou autre' -r -f -a "insi-auto\t''
insi-manu\t''
insi\t''
dmp\t''
psc\t''
mss-mailbox\t''
mss-operator\t''
hprim-net\t''
dp\t''
other\t''
rpps-plus\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l solutions -d 'Nombre de logiciels qui utilisent eux-mêmes les certificats (1 par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l servers -d 'Nombre de serveurs où chaque logiciel est installé (1 par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l sites -d 'Nombre de sites géographiques en tout' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l entities -d 'Nombre d\'entités juridiques (1 par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l finess-legal -d 'FINESS juridique (EJ), à vérifier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l finess-site -d 'FINESS géographique (EG), à vérifier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l siret -d 'SIRET, à vérifier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l rpps-rank -d 'RPPS rang, à vérifier ; à répéter' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l card-number -d 'N° de carte du signataire ou d\'un administrateur, à vérifier ; à répéter' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l holder-id -d 'Identifiant du porteur, à vérifier ; à répéter' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l check -d 'Dit si cette CSR ou ce certificat convient au besoin (--need), et à la structure si un numéro est donné' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l done -d 'Étapes déjà faites, avec celles d\'avant : contrat, carte-representant, carte-administrateur, f413, accord-ans…' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l replay -d 'Analyse un cas enregistré ailleurs, au lieu de ce poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l format -d 'Format de sortie : text, json ou html (page à imprimer et à cocher)' -r -f -a "text\t''
json\t''
html\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l output -d 'Écrit la réponse dans ce fichier, en entier ou pas du tout' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l without-station -d 'Ne lit ni carte ni poste : les étapes seules'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand parcours" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l module -d 'N\'interroge que ce module ; à répéter pour plusieurs' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l portal -d 'Avec --prove : se connecte au serveur de ce portail, jusqu\'à la fin de la poignée de main TLS' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l host -d 'La même chose avec ce serveur' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l pin-fd -d 'Lit le code dans ce descripteur de fichier plutôt qu\'au clavier' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l prove -d 'Prouve que la carte peut authentifier : demande le code porteur, signe et vérifie'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l yes -d 'Accepte d\'avance que le certificat soit envoyé'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -l last-try -d 'Permet à la preuve d\'utiliser le dernier essai du code'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand token" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand decode" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand decode" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand decode" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand decode" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l port -d 'Port du lecteur virtuel sur ce poste' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l format -d 'Format de sortie : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l encoding -d 'Page de codes du texte redirigé ; d\'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8' -r -f -a "utf-8\t'UTF-8'
850\t'The consoles of Western Windows'
1252\t'The windows of Western Windows'"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l list -d 'Liste les cartes virtuelles'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -s h -l help -d 'Affiche cette aide'
