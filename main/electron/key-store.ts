import { safeStorage } from 'electron';
import type { KeyStore } from '../vault/index.ts';

/**
 * The operating system's key store: DPAPI on Windows, Keychain on macOS, libsecret or KWallet on Linux. Where Linux has
 * neither, Electron falls back to `basic_text`, which protects nothing: that is called insecure in the window.
 */
export function createOsKeyStore(platform: NodeJS.Platform): KeyStore {
  const isBasicText = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  // Without a keyring Electron encrypts nothing unless told that a key known to everybody is acceptable. The desk would
  // be shut out of its own vault, so it is accepted, and called what it is.
  if (isBasicText) safeStorage.setUsePlainTextEncryption(true);
  return {
    kind: isBasicText ? 'file' : 'os',
    isSecure: !isBasicText,
    isAvailable: () => safeStorage.isEncryptionAvailable(),
    wrap: (secret) => safeStorage.encryptString(Buffer.from(secret).toString('base64')),
    unwrap: (wrapped) => Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64'),
  };
}
