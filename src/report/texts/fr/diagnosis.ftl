### Le diagnostic du poste
