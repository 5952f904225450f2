### Les contrôles du poste
