### The PKCS#11 module and what it sees
