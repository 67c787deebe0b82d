# Scanners on Windows by WIA 2.0 (Windows Image Acquisition), for Satchel. Windows PowerShell 5.1, nothing to install.
# One JSON object a line on standard output; see main/scanning/wia. NOT YET RUN ON WINDOWS.
#   scan.ps1 -Mode list
#   scan.ps1 -Mode capabilities -Device <id>
#   scan.ps1 -Mode scan -Device <id> -Source flatbed|feeder|duplex -Dpi 300 -Colour colour|grey|blackAndWhite -Width <mm> -Height <mm>
# A scan writes p001.jpg, p002.jpg, ... into the working directory and ends after the page (duplex: the sheet) in which a file `stop`
# appears there.
param(
  [Parameter(Mandatory = $true)][ValidateSet('list', 'capabilities', 'scan')][string]$Mode,
  [string]$Device = '',
  [ValidateSet('flatbed', 'feeder', 'duplex')][string]$Source = 'flatbed',
  [int]$Dpi = 300,
  [ValidateSet('colour', 'grey', 'blackAndWhite')][string]$Colour = 'colour',
  [double]$Width = 0,
  [double]$Height = 0
)
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
  # A policy of this PC forbids COM objects, and most of what follows. Looked at first: not even a property of [Console] may be set then
  # (about_Language_Modes).
  Write-Output '{"type":"error","code":"80070005"}'
  exit 1
}
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding($false)

# Numbers of wiadef.h.
$ScannerDevice = 1
$HorizontalBed = 3074; $VerticalBed = 3075; $HorizontalSheet = 3076; $VerticalSheet = 3077
$HandlingCapabilities = 3086; $HandlingSelect = 3088; $Pages = 3096
$CanFeed = 1; $CanFlat = 2; $CanDuplex = 4
$Selects = @{ flatbed = 2; feeder = 1; duplex = (1 -bor 4) }
$Medium = 4108; $MultipageFile = 256
$Intent = 6146; $XResolution = 6147; $YResolution = 6148; $XStart = 6149; $YStart = 6150; $XExtent = 6151; $YExtent = 6152
$Intents = @{ colour = 1; grey = 2; blackAndWhite = 4 }
$IsRange = 1; $IsList = 2
$Jpeg = '{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}'
$Tiff = '{B96B3CB1-0728-11D3-9D7B-0000F81EF32E}'
$FeederEmpty = '80210003'
# WIA_ERROR_INCORRECT_HARDWARE_SETTING and WIA_S_NO_DEVICE_AVAILABLE, as the numbers that an exception takes.
$NotPossible = [int]0x8021000C; $NoDevice = [int]0x80210015

function Say([hashtable]$What) {
  [Console]::Out.WriteLine((ConvertTo-Json -InputObject $What -Compress -Depth 4))
  [Console]::Out.Flush()
}

function CodeOf($ErrorRecord) { '{0:X8}' -f $ErrorRecord.Exception.GetBaseException().HResult }

function Stop-With([int]$Code) { throw (New-Object System.Runtime.InteropServices.COMException('stopped', $Code)) }

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

# Not past what the device has: a length that was rounded up would be refused.
function Set-Extent($Owner, [int]$Id, [double]$Millimetres) {
  $pixels = [int][Math]::Floor($Millimetres / 25.4 * $Dpi)
  $property = Find $Owner $Id
  if ($null -ne $property -and $property.SubType -eq $IsRange) { $pixels = [Math]::Min($pixels, [int]$property.SubTypeMax) }
  Set-Wia $Owner $Id $pixels
}

function Connect-Wia([string]$Id) {
  foreach ($info in $Manager.DeviceInfos) { if ($info.DeviceID -eq $Id) { return $info.Connect() } }
  Stop-With $NoDevice
}

function FirstItem($Scanner) {
  foreach ($item in $Scanner.Items) { return $item }
  Stop-With $NoDevice
}

function List-Devices {
  foreach ($info in $Manager.DeviceInfos) {
    if ($info.Type -ne $ScannerDevice) { continue }
    $names = @{}
    foreach ($property in $info.Properties) { $names[$property.Name] = $property.Value }
    Say @{ type = 'device'; id = [string]$info.DeviceID; vendor = [string]$names['Manufacturer']; model = [string]$names['Name'] }
  }
}

# Whether the device takes its paper from there now. What the item and the number of pages say is said of the source that is
# selected, so it is selected before either is read or written ("Mapping WIA properties with the same IDs but different names",
# learn.microsoft.com/windows-hardware/drivers/image).
function Select-Source($Scanner, [string]$Wanted) {
  $select = $Selects[$Wanted]
  try { Set-Wia $Scanner $HandlingSelect $select } catch { return $false }
  # A device without a feeder need not have the property.
  if ($Wanted -eq 'flatbed' -and -not ((ValueOf $Scanner $HandlingCapabilities) -band $CanFeed)) { return $true }
  return (((ValueOf $Scanner $HandlingSelect) -band $select) -eq $select)
}

function Say-Source($Scanner, [string]$Name, [int]$WidthId, [int]$HeightId) {
  if (-not (Select-Source $Scanner $Name)) { return }
  $resolution = Find (FirstItem $Scanner) $XResolution
  $dpis = @()
  $range = $null
  if ($null -ne $resolution -and $resolution.SubType -eq $IsList) { foreach ($value in $resolution.SubTypeValues) { $dpis += [int]$value } }
  if ($null -ne $resolution -and $resolution.SubType -eq $IsRange) {
    $range = @{ min = [int]$resolution.SubTypeMin; max = [int]$resolution.SubTypeMax; step = [int]$resolution.SubTypeStep }
  }
  # In thousandths of an inch; 0 where the device does not say.
  $area = @{ width = [double](ValueOf $Scanner $WidthId) * 0.0254; height = [double](ValueOf $Scanner $HeightId) * 0.0254 }
  Say @{ type = 'source'; source = $Name; dpis = $dpis; range = $range; area = $area }
}

function Show-Capabilities {
  $scanner = Connect-Wia $Device
  $can = ValueOf $scanner $HandlingCapabilities
  # A device that says nothing of how it takes paper has a glass.
  if (($can -band $CanFlat) -or -not ($can -band $CanFeed)) { Say-Source $scanner 'flatbed' $HorizontalBed $VerticalBed }
  if ($can -band $CanFeed) { Say-Source $scanner 'feeder' $HorizontalSheet $VerticalSheet }
  if (($can -band $CanFeed) -and ($can -band $CanDuplex)) { Say-Source $scanner 'duplex' $HorizontalSheet $VerticalSheet }
}

function Save-Page($Image, [string]$Path) {
  # Many drivers give a bitmap whatever they are asked for.
  if ($Image.FormatID -ne $Jpeg) {
    $process = New-Object -ComObject WIA.ImageProcess
    $process.Filters.Add($process.FilterInfos.Item('Convert').FilterID)
    $process.Filters.Item(1).Properties.Item('FormatID').Value = $Jpeg
    $process.Filters.Item(1).Properties.Item('Quality').Value = 95
    $Image = $process.Apply($Image)
  }
  $Image.SaveFile($Path)
}

function Say-Page([string]$Folder, [int]$Number) {
  $name = 'p{0:d3}.jpg' -f $Number
  Move-Item -LiteralPath (Join-Path $Folder "$name.part") -Destination (Join-Path $Folder $name)
  Say @{ type = 'page'; file = $name }
}

# Each side of what one transfer gave, as files p001.jpg.part, ... from the number after the last; answers how many were saved. Two sides of
# paper are never the same to the last byte: then one side was saved twice and the other is not there, which is never told as two pages.
function Save-Sides($Image, [string]$Folder, [int]$Last) {
  $hashes = @()
  $frames = [Math]::Max(1, [int]$Image.FrameCount)
  for ($side = 1; $side -le $frames; $side += 1) {
    if ($frames -gt 1) { $Image.ActiveFrame = $side }
    $path = Join-Path $Folder ('p{0:d3}.jpg.part' -f ($Last + $side))
    Save-Page $Image $path | Out-Null
    $hash = (Get-FileHash -LiteralPath $path).Hash
    if ($hashes -contains $hash) { break }
    $hashes += $hash
  }
  return $hashes.Count
}

function Scan-Pages {
  $folder = (Get-Location).ProviderPath
  $scanner = Connect-Wia $Device
  # A feeder or its other side that is not taken would be the glass, or the fronts only, without a word.
  if (-not (Select-Source $scanner $Source)) { Stop-With $NotPossible }
  $item = FirstItem $scanner
  $sides = 1
  $format = $Jpeg
  if ($Source -eq 'duplex') {
    # A page is a side: 1 would be one side of the sheet, 0 all sheets at once, and a device that cannot scan one side alone wants a multiple
    # of two (WIA_IPS_PAGES, learn.microsoft.com/windows-hardware/drivers/image/wia-ips-pages). So a sheet at a time, which allows a stop
    # between two. One file holds both sides only as a multipage TIFF ("Understanding TYMED" and "Data Transfer Between Legacy Application and
    # Windows Vista Driver", there as well), so a driver that has none cannot do it here.
    $sides = 2
    $format = $Tiff
    try { Set-Wia $item $Medium $MultipageFile } catch { Stop-With $NotPossible }
  }
  if ($Source -ne 'flatbed') { Set-Wia $scanner $Pages $sides }
  Set-Wia $item $Intent $Intents[$Colour]
  Set-Wia $item $XResolution $Dpi
  Set-Wia $item $YResolution $Dpi
  if ($Width -gt 0 -and $Height -gt 0) {
    Set-Wia $item $XStart 0
    Set-Wia $item $YStart 0
    Set-Extent $item $XExtent $Width
    Set-Extent $item $YExtent $Height
  }
  for ($count = 0; ; ) {
    if (Test-Path -LiteralPath (Join-Path $folder 'stop')) { return }
    try { $image = $item.Transfer($format) }
    catch {
      if ($count -gt 0 -and (CodeOf $_) -eq $FeederEmpty) { return }
      throw
    }
    $saved = Save-Sides $image $folder $count
    for ($side = 1; $side -le $saved; $side += 1) { Say-Page $folder ($count + $side) }
    $count += $saved
    # What came is kept, but the other side of this sheet is not there.
    if ($saved -lt $sides) { Stop-With $NotPossible }
    if ($Source -eq 'flatbed') { return }
  }
}

try {
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
