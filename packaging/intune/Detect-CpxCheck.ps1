# Intune, Corrections (« Remediations ») : script de détection, en PowerShell 64 bits. Il s'exécute sous le compte SYSTEM ou sous celui
# de l'utilisateur connecté : sous SYSTEM, cpx-check regarde les réglages de la personne dont la session est ouverte ; quand il n'y en a
# aucune, ou plusieurs, ce qui dépend de la personne est « impossible à dire » et n'est pas compté comme un défaut.
# Intune garde la dernière ligne de la sortie, 2 048 caractères au plus ; le code 1 veut dire « problème détecté ».
$program = Join-Path $env:ProgramFiles 'cpx-check\cpx-check.exe'
if (-not (Test-Path $program)) {
    Write-Output 'cpx-check is not installed'
    exit 1
}
$line = & $program --lang fr --format line 2>$null | Select-Object -Last 1
$code = $LASTEXITCODE
switch ($code) {
    # 0 prêt, 1 prêt avec une réserve, 3 impossible à dire : rien que l'utilisateur ait à corriger
    { $_ -in 0, 1, 3 } { Write-Output $line; exit 0 }
    # 2 pas prêt : la ligne commence par la cause et le remède
    2 { Write-Output $line; exit 1 }
    # le programme lui-même n'a pas pu travailler
    default { Write-Output "cpx-check: code $code"; exit 1 }
}
