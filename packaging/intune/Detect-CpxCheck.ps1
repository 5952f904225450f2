# Intune, Corrections (« Remediations ») : script de détection. À exécuter avec les informations d'identification de
# l'utilisateur connecté (le magasin et les navigateurs sont les siens), en PowerShell 64 bits.
# Intune garde la dernière ligne de la sortie, 2 048 caractères au plus ; le code 1 veut dire « problème détecté ».
$program = Join-Path $env:ProgramFiles 'cpx-check\cpx-check.exe'
if (-not (Test-Path $program)) {
    Write-Output 'cpx-check is not installed'
    exit 1
}
$line = & $program --format line 2>$null | Select-Object -Last 1
$code = $LASTEXITCODE
Write-Output $line
# 0 ready, 1 ready with a reservation: nothing to correct
if ($code -le 1) { exit 0 } else { exit 1 }
