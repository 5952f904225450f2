### Le module PKCS#11 et ce qu'il voit
