export { systemAccount } from './account.ts';
export type { Grant } from './grant.ts';
export { createSupervision } from './supervision.ts';
export type { Supervision, SupervisionOptions } from './supervision.ts';
