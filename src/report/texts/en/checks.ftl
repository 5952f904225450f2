### The checks of the workstation
