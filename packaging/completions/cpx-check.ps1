
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'cpx-check' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'cpx-check'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'cpx-check' {
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Affiche la version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Affiche la version')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Lit la carte : type, titulaire, validité, état du code porteur')
            [CompletionResult]::new('certificate', 'certificate', [CompletionResultType]::ParameterValue, 'Explique un ou plusieurs fichiers de certificat, sans carte')
            [CompletionResult]::new('readers', 'readers', [CompletionResultType]::ParameterValue, 'Liste les lecteurs, sans rien demander aux cartes')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Annonce ce qui se passe dans les lecteurs, au fur et à mesure')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Dit ce que signifie un code d''assistance CPX-…')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Insère une carte virtuelle dans le lecteur virtuel')
            break
        }
        'cpx-check;card' {
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Forme de la réponse : text ou json')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Rejoue un enregistrement au lieu d''interroger un lecteur')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Enregistre le dialogue avec la carte, données personnelles remplacées')
            [CompletionResult]::new('--trust-dir', '--trust-dir', [CompletionResultType]::ParameterName, 'Dossier ou fichier de certificats d''autorité, en plus de ceux du poste')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Dossier ou fichier de listes de révocation, pour vérifier l''opposition sans réseau')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Secondes d''attente supplémentaires si un autre programme occupe la carte')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Juge la carte à cette date (aujourd''hui par défaut)')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('--record-identity', '--record-identity', [CompletionResultType]::ParameterName, 'Enregistre aussi les noms, identifiants et numéros')
            [CompletionResult]::new('--certificates', '--certificates', [CompletionResultType]::ParameterName, 'Lit aussi les certificats (plus long)')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Demande à l''émetteur, par le réseau, si la carte est en opposition')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;certificate' {
            [CompletionResult]::new('--trust-dir', '--trust-dir', [CompletionResultType]::ParameterName, 'Dossier ou fichier de certificats d''autorité, en plus de ceux du poste')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Dossier ou fichier de listes de révocation, pour vérifier l''opposition sans réseau')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Forme de la réponse : text ou json')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Juge la carte à cette date (aujourd''hui par défaut)')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Demande à l''émetteur, par le réseau, si la carte est en opposition')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;readers' {
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Forme de la réponse : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;watch' {
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Forme de la réponse : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;decode' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Forme de la réponse : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;simulate' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port du lecteur virtuel sur ce poste')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Forme de la réponse : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Liste les cartes virtuelles')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
