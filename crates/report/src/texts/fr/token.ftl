### Le module PKCS#11 et ce qu'il voit

## Le module

no-module = Aucun module PKCS#11 pour carte CPx n'a été trouvé sur ce poste.
    .remedy = Installez la Cryptolib CPS (site de l'ANS), ou indiquez le module avec « --module CHEMIN ».
tokens-read = La carte est utilisable par un module PKCS#11.
tokens-reserved = La carte est utilisable par un module PKCS#11, avec réserve :
tokens-no-usable-card = Aucune carte CPx n'est utilisable par un module PKCS#11 :
tokens-could-not-tell = Les modules PKCS#11 n'ont pas pu être interrogés :
module = Module : { $path }
modules-left-out = { $count ->
    [one] Un module de plus n'a pas été examiné.
   *[other] { $count } modules de plus n'ont pas été examinés.
}
module-answers = Le module répond.
module-no-slot = Le module répond, mais ne voit aucun lecteur.
    .remedy = Branchez un lecteur et relancez ; « cpx-check readers » montre ce que le système voit.
module-reader-unseen = Le module ne voit pas le lecteur, que le système voit pourtant.
    .remedy = Fermez tous les navigateurs et relancez ; si rien ne change, réparez ou réinstallez la Cryptolib CPS.
module-absent = Ce module est déclaré, mais son fichier n'existe pas.
    .remedy = Réinstallez le logiciel qui l'apporte, ou retirez la déclaration (dans Firefox : Paramètres > Vie privée et sécurité > Périphériques de sécurité > Décharger).
module-dead-link = Ce chemin est un lien qui ne mène à aucun fichier.
    .remedy = Réinstallez le logiciel qui apporte ce module ; s'il n'est plus utilisé, supprimez le lien.
module-not-a-file = Ce chemin ne désigne pas un fichier.
    .remedy = Indiquez le chemin du fichier du module lui-même.
module-unreadable = Ce compte n'a pas le droit de lire ce module.
    .remedy = Faites corriger les droits du fichier et de ses dossiers par l'administrateur.
module-wrong-architecture = Ce module est fait pour un autre type de processeur, ou pour des programmes 32 bits.
    .remedy = Installez la version courante de la Cryptolib CPS, faite pour ce poste.
    .remedy-windows = Installez la Cryptolib CPS x64 et déclarez le module de C:\Windows\System32 dans les navigateurs 64 bits.
    .remedy-macos = Installez la version courante de la Cryptolib CPS, universelle (Intel et Apple).
module-for-32-bits = Module des logiciels 32 bits : ce programme 64 bits ne l'interroge pas.
module-missing-library = Le module ne se charge pas : une bibliothèque dont il a besoin manque, ou n'a pas la bonne version.
    .remedy = Réinstallez le logiciel qui apporte ce module ; le détail technique nomme la bibliothèque.
module-not-a-module = Ce fichier n'est pas un module PKCS#11.
    .remedy = Vérifiez le chemin déclaré ; s'il est correct, le fichier est abîmé : réinstallez le logiciel qui l'apporte.
module-forbidden = Le système refuse de charger ce module.
    .remedy = Vérifiez les droits du fichier ; si un antivirus l'a bloqué, ajoutez une exception.
module-not-loaded = Ce module ne se charge pas.
    .remedy = Réparez ou réinstallez le logiciel qui l'apporte ; s'il ne se charge toujours pas, transmettez le détail technique au support.
module-broken = Ce module est incomplet : des fonctions que tout module doit avoir y manquent.
    .remedy = Réinstallez le logiciel qui l'apporte, dans sa version courante.
module-refuses = Le module se charge, mais refuse de fonctionner.
    .remedy = Fermez les autres logiciels qui utilisent la carte et relancez ; si rien ne change, réparez la Cryptolib CPS.
module-crashes = Le module plante.
    .remedy = Mettez-le à jour ou réinstallez-le : un navigateur qui le charge planterait aussi.
module-exits = Le module arrête le programme qui l'interroge.
    .remedy = Mettez-le à jour ou réinstallez-le : un navigateur qui le charge se fermerait aussi.
module-hangs = Le module ne répond pas : il a été arrêté.
    .remedy = Débranchez et rebranchez le lecteur, fermez les autres logiciels de la carte, relancez. Si cela dure, réinstallez le module.
module-endless = Le module répond sans fin : il a été arrêté.
    .remedy = Mettez-le à jour ou réinstallez-le.
module-not-asked = Le module n'a pas pu être interrogé.
    .remedy = Relancez ; si l'erreur revient, transmettez le détail technique au support.
library-label = Nom
library-line = { $description } { $version }, de { $manufacturer }
file-version-label = Version du fichier
named-by-label = Déclaré par
named-by-known-place = la Cryptolib CPS (emplacement habituel)
named-by-command-line = la ligne de commande
named-by-p11-kit = p11-kit ({ $name })
named-by-firefox = Firefox, profil { $name }
named-by-nss = la base NSS { $name }
named-by-manifest = le manifeste { $name }
named-by-policy = la stratégie { $name }
real-path-label = Fichier réel
oddity-interface-fails = C_GetInterface échoue, C_GetFunctionList fonctionne
oddity-list-version = il annonce la version 3 avec la liste de la version 2
oddity-slot-count-changed = le nombre de ses lecteurs change d'un appel à l'autre
oddity-already-initialized = un autre logiciel l'a déjà initialisé
oddity-unpadded-text = ses textes ne sont pas complétés par des espaces
oddity-control-characters = ses textes contiennent des caractères de commande
oddity-not-utf8 = ses textes ne sont pas en UTF-8
oddity-too-many = il annonce plus d'éléments que ce qui est examiné
oddity-finalize-fails = il échoue à se terminer
copy-label = Copie de

## Ce qu'il voit dans un lecteur

token-empty = le module ne voit pas de carte dans ce lecteur.
    .remedy = Insérez la carte, puce visible et vers le lecteur, jusqu'à la butée.
token-card-unseen = le module croit ce lecteur vide ; le système y voit pourtant une carte.
    .remedy = Fermez les navigateurs et les logiciels de la carte, retirez et réinsérez la carte, puis relancez.
token-foreign = le module ne reconnaît pas la carte : ce n'est pas une carte CPx.
    .remedy = Retirez-la et insérez la carte CPS, CPF, CPE ou CPA.
token-silent = le module ne reconnaît pas la carte, et elle ne répond pas non plus au lecteur.
    .remedy = Essuyez la puce et réinsérez la carte ; essayez un autre lecteur. Si rien ne change, faites remplacer la carte.
token-not-recognised = le module ne reconnaît pas la carte CPx, qui se lit pourtant bien.
    .remedy = Mettez la Cryptolib CPS à jour (5.2 au moins pour une CPS4), fermez les navigateurs et CCM, videz son cache, puis réinsérez la carte.
token-unknown-card = le module ne reconnaît pas la carte.
    .remedy = Vérifiez avec « cpx-check card » de quelle carte il s'agit. Si c'est une carte CPx, mettez la Cryptolib CPS à jour.
token-failed = le module échoue sur ce lecteur.
    .remedy = Débranchez et rebranchez le lecteur, réinsérez la carte, puis relancez.
token-not-reached = le module s'est arrêté avant d'avoir tout dit de ce lecteur.
    .remedy = Corrigez d'abord la panne du module indiquée ci-dessus.
token-seen = le module voit la carte.
token-ghost = le module montre une carte alors que le lecteur est vide.
    .remedy = Fermez les navigateurs et les logiciels de la carte, puis relancez ; si la carte reste affichée, videz le cache de la Cryptolib CPS.
token-outdated = le module montre un ancien état de cette carte.
    .remedy = Fermez les navigateurs et CCM, videz le cache de la Cryptolib CPS, puis réinsérez la carte.
token-another-card = la Cryptolib montre une autre carte que celle du lecteur.
    .remedy = Fermez les navigateurs et CCM, videz le cache de la Cryptolib CPS, puis réinsérez la carte.
token-seen-elsewhere = ce module n'est pas celui de la Cryptolib et ne connaît pas la carte, qu'un autre montre.
token-not-a-card = ce module donne accès à autre chose qu'une carte : des clés dans un fichier, ou les autorités du système.
token-no-authentication = Le module ne montre aucun certificat d'authentification.
    .remedy = Vérifiez avec « cpx-check card --certificates » ce que porte la carte ; si elle le porte, videz le cache de la Cryptolib CPS.
token-expired = Le certificat d'authentification de la carte a expiré.
    .remedy = Utilisez la carte qui la remplace, ou commandez-en une nouvelle.
token-expires-soon = Le certificat d'authentification de la carte expire dans moins de 60 jours.
    .remedy = Vérifiez que la nouvelle carte est en route.
token-code-low = Le code porteur a été mal saisi.
    .remedy = Vérifiez le code avant le prochain essai ; un code correct rétablit tous les essais.
token-code-last-try = Il ne reste qu'un essai pour le code porteur.
    .remedy = N'essayez plus sans être certain du code : une erreur de plus bloquera la carte.
code-by-card = { $state }, d'après la carte
code-by-card-alone = { $state }, d'après la carte ; { $module }, d'après le module, qui se trompe
code-by-module = { $state }, d'après le module
token-code-blocked = Le code porteur est bloqué.
    .remedy = Débloquez-le avec le code de déblocage (courrier du code porteur) dans CPS Gestion ; sans ce code, contactez le service client de l'ANS.
token-label-label = Étiquette
certificate-label = Certificat
token-certificate = { $role } : { $label }, { $until }
token-certificate-unreadable = illisible
mechanisms-label = Signatures
mechanisms = { $names } (et { $others ->
    [0] aucune autre
    [one] une autre
   *[other] { $others } autres
})
agreement-label = Comparaison
agreement-not-compared = pas de lecture directe de cette carte à comparer
agreement-cannot-tell = rien de comparable avec la lecture directe
agreement-same = identique à la carte lue directement
agreement-outdated = la même carte, dans un autre état
agreement-another-card = une autre carte que celle lue directement
compared-serial = numéro de série
compared-card-number = numéro de carte
compared-valid-until = fin de validité
compared-authentication-certificate = certificat d'authentification
compared-signature-certificate = certificat de signature
compared-technical-certificate = certificat technique

## La preuve

proof-tries = Code porteur : { $left ->
    [0] il ne reste aucun essai.
    [one] il reste { $left } essai avant blocage.
   *[other] il reste { $left } essais avant blocage.
}
proof-flags-full = Code porteur : aucune erreur récente, d'après le module, qui n'indique pas le nombre d'essais.
proof-flags-low = Code porteur : mal saisi récemment, d'après le module, qui n'indique pas le nombre d'essais restants.
proof-flags-last-try = Code porteur : il reste un seul essai avant blocage, d'après le module.
proof-flags-blocked = Code porteur : bloqué, d'après le module.
proof-presented = Code porteur : utilisable, d'après la carte. Il a été présenté depuis qu'elle est insérée : elle n'indique pas le nombre d'essais.
proof-flags-unknown = Code porteur : la carte n'en demande pas, ou n'indique rien à ce sujet.
proof-prompt = Code porteur (rien ne s'affiche) :{" "}
proof-proven = La carte a prouvé qu'elle peut authentifier : elle a signé, et son certificat vérifie la signature.
proof-not-verified = La carte a signé, mais son certificat ne vérifie pas la signature.
    .remedy = La clé et le certificat ne correspondent pas : videz le cache de la Cryptolib CPS ; si rien ne change, faites remplacer la carte.
proof-wrong-code = Le code porteur saisi n'est pas le bon : un essai est perdu.
    .remedy = Vérifiez le code avant de recommencer ; un code correct rétablit tous les essais.
proof-blocked = Le code porteur est bloqué.
    .remedy = Débloquez-le avec le code de déblocage (courrier du code porteur) dans CPS Gestion ; sans ce code, contactez le service client de l'ANS.
proof-blocked-by-module = Le module dit le code porteur bloqué ; la carte, lue directement, dit qu'il ne l'est pas. Le code n'a pas été présenté.
    .remedy = Retirez la carte, réinsérez-la et relancez.
proof-last-try = Il ne reste qu'un essai : le code n'a pas été demandé.
    .remedy = Si vous êtes certain du code, relancez avec « --last-try ». Une erreur de plus bloquera la carte.
proof-card-gone = La carte a été retirée ou changée : le code n'a pas été présenté.
    .remedy = Réinsérez la carte et relancez.
proof-no-certificate = Le module ne montre pas de certificat d'authentification RSA : le code n'a pas été demandé.
    .remedy = Vérifiez avec « cpx-check card --certificates » ce que porte la carte.
proof-no-key = Le code est correct, mais le module ne montre pas la clé d'authentification.
    .remedy = Videz le cache de la Cryptolib CPS, réinsérez la carte, puis relancez.
proof-failed = Le module a échoué pendant la preuve ; d'après lui, aucun essai n'est perdu.
    .remedy = Réinsérez la carte et relancez ; si l'erreur revient, transmettez le détail technique au support.
proof-broken = Le module s'est arrêté pendant la preuve : un essai a pu être perdu.
    .remedy = Vérifiez les essais restants avec « cpx-check card » avant de recommencer.
proof-no-card = Aucun module ne montre de carte : le code n'a pas été demandé.
    .remedy = Corrigez d'abord ce qui est dit ci-dessus du module et du lecteur.
proof-several-cards = Plusieurs cartes sont insérées : le code n'a pas été demandé.
    .remedy = Ne laissez que la carte à essayer, ou choisissez son lecteur avec « --reader ».
proof-another-card = Le module ne montre pas la carte du lecteur : le code n'a pas été demandé.
    .remedy = Corrigez d'abord ce qui est dit ci-dessus du module et du lecteur.
proof-code-on-reader = Ce lecteur fait saisir le code sur son propre clavier : cette preuve ne le prend pas en charge.
    .remedy = Essayez avec un lecteur sans clavier, ou vérifiez le code dans CPS Gestion.
proof-no-code = Aucun code n'a été donné : rien n'a été présenté à la carte.
    .remedy = Relancez quand vous avez le code porteur.
proof-code-length = Ce code n'a pas la longueur que la carte accepte : il n'a pas été présenté.
    .remedy = Le code porteur a 4 chiffres sur la plupart des cartes ; vérifiez-le et relancez.
proof-declined = Vous n'avez pas accepté l'envoi du certificat : le code n'a pas été demandé.
    .remedy = Sans « --portal » ni « --host », la preuve se fait sans réseau.
proof-not-asked = Le serveur n'a pas demandé de signature : le code n'a pas été présenté à la carte.
    .remedy = Voyez ce que dit la connexion.
proof-no-terminal = Le code ne peut pas être lu ici.
    .remedy = Relancez dans un terminal, ou donnez le code par « --pin-fd ».

## La connexion à un serveur

sign-in-question = Votre certificat (nom, identifiant) sera envoyé à { $host } ; en TLS 1.2, il circule en clair. Continuer ? [o/N]{" "}
sign-in-yes = la question demande une réponse au clavier ; « --yes » y répond d'avance
sign-in-unknown-host = { $portal } : l'adresse du serveur qui demande la carte n'est pas connue. Demandez-la au support du portail, puis relancez avec « --host NOM ».
sign-in-accepted = { $host } a accepté le certificat : carte, code, module et réseau fonctionnent, quoi qu'il soit dit d'eux plus haut.
    .remedy = Si le portail reste fermé, cherchez du côté du navigateur : « cpx-check ». Vos droits, eux, ne sont pas connus ici.
sign-in-refused = { $host } a refusé le certificat : { $why }.
    .remedy = Lancez « cpx-check card --certificates --online » pour savoir si le certificat est expiré ou révoqué ; s'il est bon, transmettez ce refus au support du portail.
sign-in-not-asked = { $host } n'a pas demandé de certificat à cette étape : impossible à dire. Rien n'a été envoyé.
    .remedy = Le serveur le demande peut-être plus tard, pour certaines pages : essayez dans le navigateur.
sign-in-other-authorities = { $host } n'accepte pas l'autorité qui a émis ce certificat. Rien n'a été envoyé.
    .remedy = Vérifiez que c'est le bon serveur, et que la carte est une vraie carte (et non une carte de test).
sign-in-no-common-signature = { $host } n'accepte aucune signature que cette carte sait faire. Rien n'a été envoyé.
    .remedy = Le serveur exige sans doute TLS 1.3 avec RSA-PSS, qu'une CPS3 ne fait pas : signalez-le au support du portail.
sign-in-not-signed = { $host } a demandé une signature, et la carte ne l'a pas faite.
    .remedy = Corrigez d'abord ce qui est dit de la preuve.
sign-in-server-not-trusted = Le certificat de { $host } n'est pas reconnu par ce poste. Rien n'a été envoyé.
    .remedy = Vérifiez l'adresse et l'heure du poste. Si un proxy inspecte le trafic, demandez au service informatique d'en exempter *.esante.gouv.fr.
sign-in-no-store = Les autorités de ce poste n'ont pas pu être lues : rien n'a été envoyé.
    .remedy = Réparez le magasin de certificats du système, puis relancez.
sign-in-no-name = « { $host } » n'est pas un nom de serveur.
    .remedy = Donnez son nom, sans « https:// » : « --host portail.exemple.fr ».
sign-in-no-address = { $host } n'a pas d'adresse : rien n'a été envoyé.
    .remedy = Vérifiez le nom et la connexion à Internet.
sign-in-not-reached = { $host } n'a pas pu être joint : rien n'a été envoyé.
    .remedy = Vérifiez la connexion à Internet et le proxy : « cpx-check --online ».
sign-in-handshake = La connexion sécurisée avec { $host } n'a pas abouti : { $why }. Le certificat n'a pas été jugé.
    .remedy = Vérifiez avec « cpx-check --online » ce qui bloque entre ce poste et le serveur.
sign-in-without-tls13 = en TLS 1.3, cette carte ne sait pas signer (RSA-PSS) : essayé en TLS 1.2
negotiated-label = Négocié
confirmed-label = Confirmé par
confirmed-finished = le serveur, qui a vérifié la signature
confirmed-ticket = le serveur, qui a donné un ticket pour la suite
confirmed-quiet = le silence du serveur pendant 3 secondes (TLS 1.3 ne dit pas oui)

## Ce que disent les alertes (RFC 8446, section 6)

alert-none = il a raccroché sans dire pourquoi
handshake-timed-out = pas de réponse à temps
handshake-not-tls = ce qui répond là ne parle pas TLS
handshake-failed = voyez le détail technique
alert-other = alerte { $number }
alert-40 = aucun réglage commun n'a été trouvé (alerte 40)
alert-42 = le certificat ou sa signature ne convient pas (alerte 42)
alert-43 = ce type de certificat n'est pas accepté (alerte 43)
alert-44 = le certificat est révoqué (alerte 44)
alert-45 = le certificat est expiré (alerte 45)
alert-46 = le certificat n'est pas accepté, pour une autre raison (alerte 46)
alert-48 = l'autorité qui a émis le certificat n'est pas connue du serveur (alerte 48)
alert-49 = l'accès est refusé à ce certificat (alerte 49)
alert-51 = la signature n'est pas bonne (alerte 51)
alert-70 = aucune version de TLS en commun (alerte 70)
alert-80 = le serveur a eu une erreur interne (alerte 80)
alert-116 = un certificat est exigé (alerte 116)

## L'aide

help-about-token = Interroge les modules PKCS#11 (Cryptolib CPS) et les compare avec la carte
help-about-token-usage = cpx-check token [options]
help-module = N'interroge que ce module ; à répéter pour plusieurs
help-prove = Prouve que la carte peut authentifier : demande le code porteur, signe et vérifie
help-sign-in-portal = Avec --prove : se connecte au serveur de ce portail, jusqu'à la fin de la poignée de main TLS
help-host = La même chose avec ce serveur
help-yes = Accepte d'avance que le certificat soit envoyé
value-name-port = NOM[:PORT]
help-last-try = Permet à la preuve d'utiliser le dernier essai du code
help-pin-fd = Lit le code dans ce descripteur de fichier plutôt qu'au clavier
value-fd = N°
