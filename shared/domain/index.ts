export * from './connection.ts';
export * from './finding.ts';
export * from './flow.ts';
export * from './installation.ts';
export * from './ladder.ts';
export * from './states.ts';
export * from './subject.ts';
export type * from './views.ts';
export * from './pause.ts';
