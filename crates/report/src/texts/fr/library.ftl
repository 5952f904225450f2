### Les phrases de la bibliothèque pour le C : comment un appel s'est terminé.

status-ok = Tout s'est bien passé.
status-nothing = Il n'y a rien à dire : la carte n'a pas cette valeur, ou rien ne s'est passé dans le délai.
status-null = Un pointeur obligatoire est nul, ou l'objet a déjà été libéré.
status-invalid-text = Un texte n'est pas en UTF-8, est trop long, ou ne désigne rien de connu.
status-invalid-argument = La taille d'une structure, une option ou un nombre n'est pas de cette version de la bibliothèque.
status-out-of-range = Il n'y a pas de lecteur de ce rang.
status-buffer-too-small = La mémoire fournie est trop petite pour le texte.
status-in-callback = L'appel attendrait la fin de la fonction de rappel qui le fait.
status-busy = L'objet est utilisé ailleurs ; réessayez.
status-cancelled = L'appel a été interrompu.
status-timed-out = Le délai est écoulé.
status-no-service = Le service PC/SC ne peut pas être utilisé.
status-not-built = Cette bibliothèque a été construite sans cette fonction.
status-internal = La bibliothèque a rencontré une erreur ; l'appel n'a rien fait.
