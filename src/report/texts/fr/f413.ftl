### Formulaires et commandes de certificats
