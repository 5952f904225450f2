### Forms and orders of certificates
