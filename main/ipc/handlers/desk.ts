import { methods } from '../../../shared/ipc/index.ts';
import { BUNDLED_LICENCES } from '../../../shared/domain/licences.ts';
import type { Satchel } from '../../app/index.ts';
import { handle } from '../door.ts';
import type { GetServices, Shell } from './types.ts';

/** The status bar, Today, Activity, and what belongs to the app rather than to a customer. */
export function deskHandlers(satchel: Satchel, services: GetServices, shell: Shell) {
  return {
    'status.get': handle(methods['status.get'], () => satchel.status()),
    'status.setOnline': handle(methods['status.setOnline'], ({ isOnline }) => {
      services().dispatcher.setOnline(isOnline);
      return null;
    }),
    'status.setPaused': handle(methods['status.setPaused'], ({ isPaused }) => {
      services().dispatcher.setPaused(isPaused);
      return null;
    }),
    'status.tryNow': handle(methods['status.tryNow'], ({ submissionId, connectionId }) => {
      services().dispatcher.tryNow(submissionId ?? null, connectionId ?? null);
      return null;
    }),
    'installation.decide': handle(methods['installation.decide'], ({ choice }) => {
      satchel.decideCopy(choice);
      return null;
    }),
    'sending.get': handle(methods['sending.get'], () => services().sending.get()),
    'sending.set': handle(methods['sending.set'], (rules) => {
      services().sending.set(rules);
      return null;
    }),
    'retention.get': handle(methods['retention.get'], () => services().retention.view()),
    'retention.due': handle(methods['retention.due'], ({ keepDays }) => services().retention.due(keepDays)),
    'retention.set': handle(methods['retention.set'], (rules) => {
      services().retention.set(rules);
      return null;
    }),
    'retention.setRedaction': handle(methods['retention.setRedaction'], async ({ connectionId, isOn }) => {
      await services().retention.setRedaction(connectionId, isOn);
      return null;
    }),
    'today.get': handle(methods['today.get'], () => services().reports.today()),
    'balance.get': handle(methods['balance.get'], ({ fromMs, toMs }) => services().reports.balance(fromMs, toMs)),
    'activity.list': handle(methods['activity.list'], (input) => services().activity.list(input)),
    'activity.verify': handle(methods['activity.verify'], async () => {
      const { isIntact, rows, firstBadSequence } = await satchel.verifyLedger();
      return { isIntact, rows, firstBadSequence };
    }),
    'supervision.get': handle(methods['supervision.get'], () => services().supervision.view()),
    'supervision.setPin': handle(methods['supervision.setPin'], async ({ pin, proof }) => {
      await services().supervision.setPin(pin, proof);
      return null;
    }),
    'recovery.create': handle(methods['recovery.create'], async ({ pin }) => ({
      recoveryKey: await satchel.createRecoveryKey(pin),
    })),
    'recovery.unlock': handle(methods['recovery.unlock'], async ({ recoveryKey }) => {
      await satchel.unlock(recoveryKey);
      return null;
    }),
    'settings.get': handle(methods['settings.get'], () => satchel.appearance.get()),
    'settings.set': handle(methods['settings.set'], (appearance) => {
      satchel.appearance.set(appearance);
      return null;
    }),
    'app.about': handle(methods['app.about'], () => ({
      version: shell.version,
      runtime: shell.runtime,
      profileName: shell.profileName,
      licences: [...BUNDLED_LICENCES],
    })),
  };
}
