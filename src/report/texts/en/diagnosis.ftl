### The diagnosis of the workstation
