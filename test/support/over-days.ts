/** What the tests of delivery over days share: one practice server on a clock that a test moves, and real HTTP to it. */
import { afterAll, beforeAll } from 'vitest';
import { openUndiciHttp } from '../../main/network/index.ts';
import type { HttpPort } from '../../main/network/index.ts';
import { DeliveryWorld } from './delivery-world.ts';
import type { Mistake } from './delivery-world.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { PracticeOverDays } from './practice-over-days.ts';

export interface OverDays {
  /** The practice server; there from `beforeAll` on. */
  readonly practice: PracticeOverDays;
  /** Gives `work` a world of its own and takes it away again. */
  within<Result>(mistake: Mistake | null, work: (world: DeliveryWorld) => Promise<Result>): Promise<Result>;
}

/** Call once, outside of every test. */
export function overDays(): OverDays {
  let folder = '';
  let practice: PracticeOverDays | null = null;
  let http: (HttpPort & { close(): Promise<void> }) | null = null;
  beforeAll(async () => {
    folder = makeFolder('over-days');
    practice = await PracticeOverDays.start(folder);
    http = await openUndiciHttp();
  });
  afterAll(async () => {
    await http?.close();
    await practice?.server.close();
    removeFolder(folder);
  });
  const running = (): PracticeOverDays => {
    if (practice === null) throw new Error('the practice server runs from beforeAll on');
    return practice;
  };
  return {
    get practice() {
      return running();
    },
    async within(mistake, work) {
      if (http === null) throw new Error('HTTP is there from beforeAll on');
      const world = new DeliveryWorld(running(), http, mistake);
      try {
        return await work(world);
      } finally {
        world.dispose();
      }
    },
  };
}
