
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
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text, json, html (page à imprimer), line (une ligne), ndjson, prometheus ou junit')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Écrit la réponse dans ce fichier, en entier ou pas du tout')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Seulement ces portails, séparés par des virgules : igc-sante, rpps-plus, tom, tops, psc, e-cps')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Seulement ces navigateurs, séparés par des virgules : firefox, chrome, edge, chromium, safari')
            [CompletionResult]::new('--module', '--module', [CompletionResultType]::ParameterName, 'Interroge aussi ce module PKCS#11')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Explique un contrôle, par son nom ou son code : ce qu''il vérifie, pourquoi, que faire, comment vérifier ensuite')
            [CompletionResult]::new('--compare', '--compare', [CompletionResultType]::ParameterName, 'Dit ce qui a changé depuis une réponse précédente (JSON) ou un cas enregistré ; avec deux fichiers, si la panne suit la carte ou le poste')
            [CompletionResult]::new('--for-card', '--for-card', [CompletionResultType]::ParameterName, 'Dit si ce poste accepterait une carte de cette génération (cps4, cps3), quelle que soit la carte du lecteur')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Enregistre ce qui a été observé, sans nom, identifiant ni numéro : à envoyer à l''assistance')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Mot par lequel les cas d''une même carte se reconnaîtront, jamais enregistré : choisissez une phrase que personne ne devine')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Analyse un cas enregistré ailleurs, au lieu de ce poste')
            [CompletionResult]::new('--trust-dir', '--trust-dir', [CompletionResultType]::ParameterName, 'Dossier ou fichier de certificats d''autorité, en plus de ceux du poste')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Dossier ou fichier de listes de révocation, pour vérifier l''opposition sans réseau')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Utilisateur dont les réglages sont vérifiés, quand un autre compte lance le programme (session ouverte sous Windows)')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Secondes d''attente supplémentaires si un autre programme occupe la carte')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Se place à cette date (aujourd''hui par défaut)')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Montre tous les contrôles et tous les points relevés')
            [CompletionResult]::new('--list-checks', '--list-checks', [CompletionResultType]::ParameterName, 'Liste les contrôles')
            [CompletionResult]::new('--same-card', '--same-card', [CompletionResultType]::ParameterName, 'Les deux fichiers de « --compare » concernent la même carte, sur deux postes')
            [CompletionResult]::new('--other-card', '--other-card', [CompletionResultType]::ParameterName, 'Les deux fichiers de « --compare » concernent deux cartes, sur le même poste')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Utilise le réseau : demande à l''émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Affiche la version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Affiche la version')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Lit la carte : type, porteur, validité, état du code porteur')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Montre le diagnostic dans le navigateur, et suit les lecteurs')
            [CompletionResult]::new('certificate', 'certificate', [CompletionResultType]::ParameterValue, 'Explique un fichier : certificat, demande, liste de révocation, conteneur, clé')
            [CompletionResult]::new('f413', 'f413', [CompletionResultType]::ParameterValue, 'Dit si la carte convient au formulaire F413, et ce qui s''y recopie')
            [CompletionResult]::new('forms', 'forms', [CompletionResultType]::ParameterValue, 'Donne le formulaire de chaque situation, répond aux questions sur les cartes')
            [CompletionResult]::new('parcours', 'parcours', [CompletionResultType]::ParameterValue, 'Du contrat au certificat : l''étape où vous en êtes, et la suivante')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Interroge les modules PKCS#11 (Cryptolib CPS) et les compare avec la carte')
            [CompletionResult]::new('readers', 'readers', [CompletionResultType]::ParameterValue, 'Liste les lecteurs, sans rien demander aux cartes')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Annonce ce qui se passe dans les lecteurs, au fur et à mesure')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Dit ce que signifie un code d''assistance CPX-…')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Insère une carte virtuelle dans le lecteur virtuel')
            break
        }
        'cpx-check;card' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Écrit la réponse dans ce fichier, en entier ou pas du tout')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Rejoue un enregistrement au lieu d''interroger un lecteur')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Enregistre le dialogue avec la carte, données personnelles remplacées')
            [CompletionResult]::new('--trust-dir', '--trust-dir', [CompletionResultType]::ParameterName, 'Dossier ou fichier de certificats d''autorité, en plus de ceux du poste')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Dossier ou fichier de listes de révocation, pour vérifier l''opposition sans réseau')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Secondes d''attente supplémentaires si un autre programme occupe la carte')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Se place à cette date (aujourd''hui par défaut)')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('--masked', '--masked', [CompletionResultType]::ParameterName, 'Masque aussi au terminal les noms, identifiants et numéros')
            [CompletionResult]::new('--record-identity', '--record-identity', [CompletionResultType]::ParameterName, 'Enregistre aussi les noms, identifiants et numéros')
            [CompletionResult]::new('--certificates', '--certificates', [CompletionResultType]::ParameterName, 'Lit aussi les certificats (plus long)')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Utilise le réseau : demande à l''émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;serve' {
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Seulement ces portails, séparés par des virgules : igc-sante, rpps-plus, tom, tops, psc, e-cps')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Seulement ces navigateurs, séparés par des virgules : firefox, chrome, edge, chromium, safari')
            [CompletionResult]::new('--module', '--module', [CompletionResultType]::ParameterName, 'Interroge aussi ce module PKCS#11')
            [CompletionResult]::new('--trust-dir', '--trust-dir', [CompletionResultType]::ParameterName, 'Dossier ou fichier de certificats d''autorité, en plus de ceux du poste')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Dossier ou fichier de listes de révocation, pour vérifier l''opposition sans réseau')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Se place à cette date (aujourd''hui par défaut)')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--no-open', '--no-open', [CompletionResultType]::ParameterName, 'N''ouvre pas le navigateur : l''adresse affichée est à ouvrir sur ce poste')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Ne s''arrête pas quand la page est fermée : donne une nouvelle adresse')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Utilise le réseau : demande à l''émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;certificate' {
            [CompletionResult]::new('--password-fd', '--password-fd', [CompletionResultType]::ParameterName, 'Lit le code d''un conteneur (.p12, .pfx) dans ce descripteur de fichier au lieu du clavier')
            [CompletionResult]::new('--trust-dir', '--trust-dir', [CompletionResultType]::ParameterName, 'Dossier ou fichier de certificats d''autorité, en plus de ceux du poste')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Dossier ou fichier de listes de révocation, pour vérifier l''opposition sans réseau')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Se place à cette date (aujourd''hui par défaut)')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Utilise le réseau : demande à l''émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;f413' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Écrit la réponse dans ce fichier, en entier ou pas du tout')
            [CompletionResult]::new('--trust-dir', '--trust-dir', [CompletionResultType]::ParameterName, 'Dossier ou fichier de certificats d''autorité, en plus de ceux du poste')
            [CompletionResult]::new('--crl', '--crl', [CompletionResultType]::ParameterName, 'Dossier ou fichier de listes de révocation, pour vérifier l''opposition sans réseau')
            [CompletionResult]::new('--legal-representative', '--legal-representative', [CompletionResultType]::ParameterName, 'Le porteur est-il le représentant légal : oui ou non')
            [CompletionResult]::new('--mandate', '--mandate', [CompletionResultType]::ParameterName, 'Un mandat est-il enregistré pour lui : oui ou non')
            [CompletionResult]::new('--practice-owner', '--practice-owner', [CompletionResultType]::ParameterName, 'Est-il le titulaire du cabinet : oui ou non')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Lit les cartes l''une après l''autre et les inscrit dans ce fichier CSV')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Secondes d''attente supplémentaires si un autre programme occupe la carte')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Se place à cette date (aujourd''hui par défaut)')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('--masked', '--masked', [CompletionResultType]::ParameterName, 'Masque aussi au terminal les noms, identifiants et numéros')
            [CompletionResult]::new('--sources', '--sources', [CompletionResultType]::ParameterName, 'Montre les règles, leurs documents et leurs désaccords')
            [CompletionResult]::new('--certificates', '--certificates', [CompletionResultType]::ParameterName, 'Lit aussi un certificat de la carte, pour vérifier son origine (plus long)')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Utilise le réseau : demande à l''émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails')
            [CompletionResult]::new('--copy', '--copy', [CompletionResultType]::ParameterName, 'Copie N° de carte, nom et prénom, en entier, dans le presse-papiers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('order', 'order', [CompletionResultType]::ParameterValue, 'Dit quels certificats commander, avec quel numéro et quels formulaires')
            break
        }
        'cpx-check;f413;order' {
            [CompletionResult]::new('--structure', '--structure', [CompletionResultType]::ParameterName, 'Sorte de structure : hopital-public, dialyse, medico-social, laboratoire, pharmacie, centre-de-sante, maison-de-sante, prive-non-lucratif, prive-lucratif, cabinet-de-radiologie, societe-de-radiologie, cabinet-liberal, service-hospitalier, sans-patients ou autre')
            [CompletionResult]::new('--contract', '--contract', [CompletionResultType]::ParameterName, 'Contrat d''adhésion d''aujourd''hui : aucun, finess-juridique, finess-geographique, siret, implicite ou inconnu')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'Qui demande : representant-legal, mandataire, administrateur-technique, editeur ou titulaire')
            [CompletionResult]::new('--need', '--need', [CompletionResultType]::ParameterName, 'Besoin, à répéter : insi (insi-auto, insi-manu), dmp, pro-sante-connect, boite-mssante, operateur-mssante, hprim-net, dossier-pharmaceutique, rpps-plus ou autre')
            [CompletionResult]::new('--solutions', '--solutions', [CompletionResultType]::ParameterName, 'Nombre de logiciels qui utilisent eux-mêmes les certificats (1 par défaut)')
            [CompletionResult]::new('--servers', '--servers', [CompletionResultType]::ParameterName, 'Nombre de serveurs où chaque logiciel est installé (1 par défaut)')
            [CompletionResult]::new('--sites', '--sites', [CompletionResultType]::ParameterName, 'Nombre de sites géographiques en tout')
            [CompletionResult]::new('--entities', '--entities', [CompletionResultType]::ParameterName, 'Nombre d''entités juridiques (1 par défaut)')
            [CompletionResult]::new('--finess-legal', '--finess-legal', [CompletionResultType]::ParameterName, 'FINESS juridique (EJ), à vérifier')
            [CompletionResult]::new('--finess-site', '--finess-site', [CompletionResultType]::ParameterName, 'FINESS géographique (EG), à vérifier')
            [CompletionResult]::new('--siret', '--siret', [CompletionResultType]::ParameterName, 'SIRET, à vérifier')
            [CompletionResult]::new('--rpps-rank', '--rpps-rank', [CompletionResultType]::ParameterName, 'RPPS rang, à vérifier ; à répéter')
            [CompletionResult]::new('--card-number', '--card-number', [CompletionResultType]::ParameterName, 'N° de carte du signataire ou d''un administrateur, à vérifier ; à répéter')
            [CompletionResult]::new('--holder-id', '--holder-id', [CompletionResultType]::ParameterName, 'Identifiant du porteur, à vérifier ; à répéter')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;forms' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Les formulaires d''un profil : liberal, etablissement, medico-social, autre ou industriel')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;parcours' {
            [CompletionResult]::new('--structure', '--structure', [CompletionResultType]::ParameterName, 'Sorte de structure : hopital-public, dialyse, medico-social, laboratoire, pharmacie, centre-de-sante, maison-de-sante, prive-non-lucratif, prive-lucratif, cabinet-de-radiologie, societe-de-radiologie, cabinet-liberal, service-hospitalier, sans-patients ou autre')
            [CompletionResult]::new('--contract', '--contract', [CompletionResultType]::ParameterName, 'Contrat d''adhésion d''aujourd''hui : aucun, finess-juridique, finess-geographique, siret, implicite ou inconnu')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'Qui demande : representant-legal, mandataire, administrateur-technique, editeur ou titulaire')
            [CompletionResult]::new('--need', '--need', [CompletionResultType]::ParameterName, 'Besoin, à répéter : insi (insi-auto, insi-manu), dmp, pro-sante-connect, boite-mssante, operateur-mssante, hprim-net, dossier-pharmaceutique, rpps-plus ou autre')
            [CompletionResult]::new('--solutions', '--solutions', [CompletionResultType]::ParameterName, 'Nombre de logiciels qui utilisent eux-mêmes les certificats (1 par défaut)')
            [CompletionResult]::new('--servers', '--servers', [CompletionResultType]::ParameterName, 'Nombre de serveurs où chaque logiciel est installé (1 par défaut)')
            [CompletionResult]::new('--sites', '--sites', [CompletionResultType]::ParameterName, 'Nombre de sites géographiques en tout')
            [CompletionResult]::new('--entities', '--entities', [CompletionResultType]::ParameterName, 'Nombre d''entités juridiques (1 par défaut)')
            [CompletionResult]::new('--finess-legal', '--finess-legal', [CompletionResultType]::ParameterName, 'FINESS juridique (EJ), à vérifier')
            [CompletionResult]::new('--finess-site', '--finess-site', [CompletionResultType]::ParameterName, 'FINESS géographique (EG), à vérifier')
            [CompletionResult]::new('--siret', '--siret', [CompletionResultType]::ParameterName, 'SIRET, à vérifier')
            [CompletionResult]::new('--rpps-rank', '--rpps-rank', [CompletionResultType]::ParameterName, 'RPPS rang, à vérifier ; à répéter')
            [CompletionResult]::new('--card-number', '--card-number', [CompletionResultType]::ParameterName, 'N° de carte du signataire ou d''un administrateur, à vérifier ; à répéter')
            [CompletionResult]::new('--holder-id', '--holder-id', [CompletionResultType]::ParameterName, 'Identifiant du porteur, à vérifier ; à répéter')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Dit si cette CSR ou ce certificat convient au besoin (--need), et à la structure si un numéro est donné')
            [CompletionResult]::new('--done', '--done', [CompletionResultType]::ParameterName, 'Étapes déjà faites, avec celles d''avant : contrat, carte-representant, carte-administrateur, f413, accord-ans…')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Analyse un cas enregistré ailleurs, au lieu de ce poste')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text, json ou html (page à imprimer et à cocher)')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Écrit la réponse dans ce fichier, en entier ou pas du tout')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--without-station', '--without-station', [CompletionResultType]::ParameterName, 'Ne lit ni carte ni poste : les étapes seules')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;token' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--module', '--module', [CompletionResultType]::ParameterName, 'N''interroge que ce module ; à répéter pour plusieurs')
            [CompletionResult]::new('--portal', '--portal', [CompletionResultType]::ParameterName, 'Avec --prove : se connecte au serveur de ce portail, jusqu''à la fin de la poignée de main TLS')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'La même chose avec ce serveur')
            [CompletionResult]::new('--pin-fd', '--pin-fd', [CompletionResultType]::ParameterName, 'Lit le code dans ce descripteur de fichier plutôt qu''au clavier')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('--prove', '--prove', [CompletionResultType]::ParameterName, 'Prouve que la carte peut authentifier : demande le code porteur, signe et vérifie')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accepte d''avance que le certificat soit envoyé')
            [CompletionResult]::new('--last-try', '--last-try', [CompletionResultType]::ParameterName, 'Permet à la preuve d''utiliser le dernier essai du code')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;readers' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;watch' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--reader', '--reader', [CompletionResultType]::ParameterName, 'Seulement les lecteurs dont le nom contient ce texte')
            [CompletionResult]::new('--simulate', '--simulate', [CompletionResultType]::ParameterName, 'Une carte virtuelle au lieu d''un lecteur (cps-medecin si rien n''est précisé) ; à répéter pour plusieurs lecteurs')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--show-identity', '--show-identity', [CompletionResultType]::ParameterName, 'Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;decode' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
        'cpx-check;simulate' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port du lecteur virtuel sur ce poste')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)')
            [CompletionResult]::new('--apdu-ms', '--apdu-ms', [CompletionResultType]::ParameterName, 'Durée simulée de chaque échange avec la carte virtuelle, en millisecondes')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format de sortie : text ou json')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Langue des phrases : fr ou en (celle du système par défaut, sinon le français)')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'Page de codes du texte redirigé ; d''office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Liste les cartes virtuelles')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Affiche cette aide')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
