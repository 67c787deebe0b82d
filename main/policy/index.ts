export { systemPolicyFile, systemRoot } from './place.ts';
export { readPolicy } from './policy.ts';
export type { FoundPolicy, Policy } from './policy.ts';
