import { parentPort } from 'node:worker_threads';

/** Takes an inspection's place and never answers: the import road with nothing beside it. */
parentPort?.on('message', () => {});
