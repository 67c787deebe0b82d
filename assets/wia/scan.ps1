# Scanners on Windows by WIA 2.0 (Windows Image Acquisition), for Satchel. Windows PowerShell 5.1, nothing to install.
# One JSON object a line on standard output; see main/scanning/wia. NOT YET RUN ON WINDOWS.
#   scan.ps1 -Mode list
#   scan.ps1 -Mode capabilities -Device <id>
#   scan.ps1 -Mode scan -Device <id> -Source flatbed|feeder|duplex -Dpi 300 -Colour colour|grey|blackAndWhite -Width <mm> -Height <mm>
# A scan writes p001.jpg, p002.jpg, ... into the working directory and ends after the page in which a file `stop` appears there.
param(
  [Parameter(Mandatory = $true)][ValidateSet('list', 'capabilities', 'scan')][string]$Mode,
  [string]$Device = '',
  [ValidateSet('flatbed', 'feeder', 'duplex')][string]$Source = 'flatbed',
  [int]$Dpi = 300,
  [ValidateSet('colour', 'grey', 'blackAndWhite')][string]$Colour = 'colour',
  [double]$Width = 0,
  [double]$Height = 0
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding($false)

# Numbers of wiadef.h.
$ScannerDevice = 1
$HorizontalBed = 3074; $VerticalBed = 3075; $HorizontalSheet = 3076; $VerticalSheet = 3077
$HandlingCapabilities = 3086; $HandlingSelect = 3088; $Pages = 3096
$CanFeed = 1; $CanFlat = 2; $CanDuplex = 4
$SelectFeeder = 1; $SelectFlatbed = 2; $SelectDuplex = 4
$Intent = 6146; $XResolution = 6147; $YResolution = 6148; $XStart = 6149; $YStart = 6150; $XExtent = 6151; $YExtent = 6152
$Intents = @{ colour = 1; grey = 2; blackAndWhite = 4 }
$IsRange = 1; $IsList = 2
$Jpeg = '{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}'
$FeederEmpty = '80210003'

function Say([hashtable]$What) {
  [Console]::Out.WriteLine((ConvertTo-Json -InputObject $What -Compress -Depth 4))
  [Console]::Out.Flush()
}

function CodeOf($ErrorRecord) { '{0:X8}' -f $ErrorRecord.Exception.GetBaseException().HResult }

function Find($Owner, [int]$Id) {
  foreach ($property in $Owner.Properties) { if ($property.PropertyID -eq $Id) { return $property } }
  return $null
}

function ValueOf($Owner, [int]$Id) {
  $property = Find $Owner $Id
  if ($null -eq $property) { return 0 }
  return $property.Value
}

function Set-Wia($Owner, [int]$Id, $Value) {
  $property = Find $Owner $Id
  if ($null -ne $property -and -not $property.IsReadOnly) { $property.Value = $Value }
}

function Connect-Wia([string]$Id) {
  foreach ($info in $Manager.DeviceInfos) { if ($info.DeviceID -eq $Id) { return $info.Connect() } }
  throw (New-Object System.Runtime.InteropServices.COMException('no such device', [int]0x80210015))
}

function FirstItem($Scanner) {
  foreach ($item in $Scanner.Items) { return $item }
  throw (New-Object System.Runtime.InteropServices.COMException('no item', [int]0x80210015))
}

function List-Devices {
  foreach ($info in $Manager.DeviceInfos) {
    if ($info.Type -ne $ScannerDevice) { continue }
    $names = @{}
    foreach ($property in $info.Properties) { $names[$property.Name] = $property.Value }
    Say @{ type = 'device'; id = [string]$info.DeviceID; vendor = [string]$names['Manufacturer']; model = [string]$names['Name'] }
  }
}

function Show-Capabilities {
  $scanner = Connect-Wia $Device
  $can = ValueOf $scanner $HandlingCapabilities
  $resolution = Find (FirstItem $scanner) $XResolution
  $dpis = @()
  $range = $null
  if ($null -ne $resolution -and $resolution.SubType -eq $IsList) { foreach ($value in $resolution.SubTypeValues) { $dpis += [int]$value } }
  if ($null -ne $resolution -and $resolution.SubType -eq $IsRange) {
    $range = @{ min = [int]$resolution.SubTypeMin; max = [int]$resolution.SubTypeMax; step = [int]$resolution.SubTypeStep }
  }
  # In thousandths of an inch; 0 where the device does not say.
  $glass = @{ width = [double](ValueOf $scanner $HorizontalBed) * 0.0254; height = [double](ValueOf $scanner $VerticalBed) * 0.0254 }
  $sheet = @{ width = [double](ValueOf $scanner $HorizontalSheet) * 0.0254; height = [double](ValueOf $scanner $VerticalSheet) * 0.0254 }
  # A device that says nothing of how it takes paper has a glass.
  if (($can -band $CanFlat) -or -not ($can -band $CanFeed)) { Say @{ type = 'source'; source = 'flatbed'; dpis = $dpis; range = $range; area = $glass } }
  if ($can -band $CanFeed) { Say @{ type = 'source'; source = 'feeder'; dpis = $dpis; range = $range; area = $sheet } }
  if (($can -band $CanFeed) -and ($can -band $CanDuplex)) { Say @{ type = 'source'; source = 'duplex'; dpis = $dpis; range = $range; area = $sheet } }
}

function Save-Page($Image, [string]$Name) {
  # Many drivers give a bitmap whatever they are asked for.
  if ($Image.FormatID -ne $Jpeg) {
    $process = New-Object -ComObject WIA.ImageProcess
    $process.Filters.Add($process.FilterInfos.Item('Convert').FilterID)
    $process.Filters.Item(1).Properties.Item('FormatID').Value = $Jpeg
    $process.Filters.Item(1).Properties.Item('Quality').Value = 95
    $Image = $process.Apply($Image)
  }
  $folder = (Get-Location).ProviderPath
  $Image.SaveFile((Join-Path $folder "$Name.part"))
  Move-Item -LiteralPath (Join-Path $folder "$Name.part") -Destination (Join-Path $folder $Name)
  Say @{ type = 'page'; file = $Name }
}

function Scan-Pages {
  $scanner = Connect-Wia $Device
  $item = FirstItem $scanner
  $select = @{ flatbed = $SelectFlatbed; feeder = $SelectFeeder; duplex = ($SelectFeeder -bor $SelectDuplex) }[$Source]
  Set-Wia $scanner $HandlingSelect $select
  if ($Source -ne 'flatbed') { Set-Wia $scanner $Pages 1 }
  Set-Wia $item $Intent $Intents[$Colour]
  Set-Wia $item $XResolution $Dpi
  Set-Wia $item $YResolution $Dpi
  if ($Width -gt 0 -and $Height -gt 0) {
    Set-Wia $item $XStart 0
    Set-Wia $item $YStart 0
    Set-Wia $item $XExtent ([int][Math]::Floor($Width / 25.4 * $Dpi))
    Set-Wia $item $YExtent ([int][Math]::Floor($Height / 25.4 * $Dpi))
  }
  for ($page = 1; ; $page += 1) {
    if (Test-Path -LiteralPath (Join-Path (Get-Location).ProviderPath 'stop')) { return }
    try { $image = $item.Transfer($Jpeg) }
    catch {
      if ($page -gt 1 -and (CodeOf $_) -eq $FeederEmpty) { return }
      throw
    }
    Save-Page $image ('p{0:d3}.jpg' -f $page)
    if ($Source -eq 'flatbed') { return }
  }
}

try {
  if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    # A policy of this PC forbids COM objects; ConvertTo-Json and a hashtable are still allowed.
    Write-Output '{"type":"error","code":"80070005"}'
    exit 1
  }
  $Manager = New-Object -ComObject WIA.DeviceManager
  switch ($Mode) {
    'list' { List-Devices }
    'capabilities' { Show-Capabilities }
    'scan' { Scan-Pages }
  }
  Say @{ type = 'end' }
} catch {
  Say @{ type = 'error'; code = (CodeOf $_) }
  exit 1
}
