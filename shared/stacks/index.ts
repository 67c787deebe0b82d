export { dealPages } from './deal.ts';
export type { Deal, DealtPage } from './deal.ts';
export { peopleOf } from './people.ts';
export type { StackReading } from './people.ts';
export { proposeStack } from './propose.ts';
export type { StackGroup, StackPage, StackProposal } from './propose.ts';
