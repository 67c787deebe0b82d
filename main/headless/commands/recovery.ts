import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import { openProfile } from '../profile.ts';
import { readSecret } from '../standard-input.ts';
import { readSupervisorPin } from './supervisor.ts';
import { withServices } from './with-services.ts';

/** Prints the new recovery key once, alone on standard output, so that it can be piped into a safe. */
export function createRecoveryKey({ profile, output }: Invocation): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ satchel, services }) => {
    if (satchel.status().keyStore.hasRecoveryKey) {
      process.stderr.write('satchel: this replaces the earlier recovery key, which no longer opens the vault.\n');
    }
    const recoveryKey = await satchel.createRecoveryKey(await readSupervisorPin(services));
    output.result({ recoveryKey }, () => [recoveryKey]);
    return EXIT.ok;
  });
}

/** Opens a locked vault with the recovery key from standard input and wraps it for this PC again. */
export async function unlock({ profile, output }: Invocation): Promise<number> {
  const { satchel, close } = await openProfile(profile);
  try {
    if (satchel.services !== null) {
      output.line('The vault is open already.');
      return EXIT.ok;
    }
    const recoveryKey = (await readSecret('Recovery key (not shown)')).trim();
    if (recoveryKey === '') {
      throw new SatchelFailure({ code: 'invalid_input', message: { code: 'recovery.malformed' } });
    }
    await satchel.unlock(recoveryKey);
    output.line('The vault is open again on this PC.');
    return EXIT.ok;
  } finally {
    await close();
  }
}
