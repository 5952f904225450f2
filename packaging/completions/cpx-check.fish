# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cpx_check_global_optspecs
    string join \n lang= h/help V/version
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

complete -c cpx-check -n "__fish_cpx_check_needs_command" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_needs_command" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -s V -l version -d 'Affiche la version'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "card" -d 'Lit la carte : type, titulaire, validité, état du code porteur'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "certificate" -d 'Explique un ou plusieurs fichiers de certificat, sans carte'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "readers" -d 'Liste les lecteurs, sans rien demander aux cartes'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "watch" -d 'Annonce ce qui se passe dans les lecteurs, au fur et à mesure'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "decode" -d 'Dit ce que signifie un code d\'assistance CPX-…'
complete -c cpx-check -n "__fish_cpx_check_needs_command" -f -a "simulate" -d 'Insère une carte virtuelle dans le lecteur virtuel'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l format -d 'Forme de la réponse : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l replay -d 'Rejoue un enregistrement au lieu d\'interroger un lecteur' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l record -d 'Enregistre le dialogue avec la carte, données personnelles remplacées' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l trust-dir -d 'Dossier ou fichier de certificats d\'autorité, en plus de ceux du poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l crl -d 'Dossier ou fichier de listes de révocation, pour vérifier l\'opposition sans réseau' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l wait -d 'Secondes d\'attente supplémentaires si un autre programme occupe la carte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l at -d 'Juge la carte à cette date (aujourd\'hui par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l record-identity -d 'Enregistre aussi les noms, identifiants et numéros'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l certificates -d 'Lit aussi les certificats (plus long)'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -l online -d 'Demande à l\'émetteur, par le réseau, si la carte est en opposition'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand card" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l trust-dir -d 'Dossier ou fichier de certificats d\'autorité, en plus de ceux du poste' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l crl -d 'Dossier ou fichier de listes de révocation, pour vérifier l\'opposition sans réseau' -r -F
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l format -d 'Forme de la réponse : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l at -d 'Juge la carte à cette date (aujourd\'hui par défaut)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l online -d 'Demande à l\'émetteur, par le réseau, si la carte est en opposition'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand certificate" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l format -d 'Forme de la réponse : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand readers" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l reader -d 'Seulement les lecteurs dont le nom contient ce texte' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l simulate -d 'Une carte virtuelle au lieu d\'un lecteur (cps-medecin si rien n\'est précisé) ; à répéter pour plusieurs lecteurs' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l format -d 'Forme de la réponse : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -l show-identity -d 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand watch" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand decode" -l format -d 'Forme de la réponse : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand decode" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand decode" -s h -l help -d 'Affiche cette aide'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l port -d 'Port du lecteur virtuel sur ce poste' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l baud -d 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l apdu-ms -d 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes' -r
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l format -d 'Forme de la réponse : text ou json' -r -f -a "text\t''
json\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l lang -d 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)' -r -f -a "fr\t''
en\t''"
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -l list -d 'Liste les cartes virtuelles'
complete -c cpx-check -n "__fish_cpx_check_using_subcommand simulate" -s h -l help -d 'Affiche cette aide'
