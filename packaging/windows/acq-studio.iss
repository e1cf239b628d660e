; Inno Setup 6 script: an installer for Windows of the folder that PyInstaller made.
; Written from Inno Setup's documentation; not run by this project yet.
;
;   python packaging\build.py
;   iscc /DVersion=0.1.0 packaging\windows\acq-studio.iss
;
; It installs for one user without administrator's rights, or for all with them. Settings (%LOCALAPPDATA%\acq-studio) and
; runs (Documents\ACQ Studio) are the user's: an upgrade and the uninstaller leave them.

#ifndef Version
  #error Name the version: iscc /DVersion=...
#endif

[Setup]
AppId={{6E1C2B0B-6C0E-4C53-9E0F-1A7B1D0C5E21}
AppName=ACQ Studio
AppVersion={#Version}
AppPublisher=The ACQ Studio developers
DefaultDirName={autopf}\ACQ Studio
DefaultGroupName=ACQ Studio
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
ChangesEnvironment=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=acq-studio-{#Version}-windows-x64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
UninstallDisplayIcon={app}\acq-studio.exe
; Signing: name a sign tool in Inno Setup, then take the semicolon away.
; SignTool=acqstudio $f

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "Add the command acq to the PATH"; Flags: unchecked

[InstallDelete]
; Files of an earlier version that this one no longer has.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\acq-studio\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\ACQ Studio"; Filename: "{app}\acq-studio.exe"; AppUserModelID: "io.github.acq_studio.ACQStudio"
Name: "{autodesktop}\ACQ Studio"; Filename: "{app}\acq-studio.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; \
    Tasks: path; Check: PathIsNew and not IsAdminInstallMode

[Run]
Filename: "{app}\acq-studio.exe"; Description: "{cm:LaunchProgram,ACQ Studio}"; Flags: nowait postinstall skipifsilent

[Code]
function PathIsNew: Boolean;
var
  Known: String;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Known) then Known := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Known) + ';') = 0;
end;
