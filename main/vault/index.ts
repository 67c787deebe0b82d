export { freeBytesOf } from './disk-space.ts';
export { createFieldCipher } from './field-cipher.ts';
export { createVault } from './vault.ts';
export type { VaultOptions } from './vault.ts';
export * from './types.ts';
