export { freeBytesOf } from './disk-space.ts';
export { createFieldCipher } from './field-cipher.ts';
export { createFileKeyStore } from './file-key-store.ts';
export { openKeys } from './keys.ts';
export type { LockedKeys, LockedReason, OpenKeysOptions, RecoveryRefusal, UnlockedKeys } from './keys.ts';
export { VAULT_RESERVE_BYTES, createVault } from './vault.ts';
export type { VaultOptions } from './vault.ts';
export * from './types.ts';
