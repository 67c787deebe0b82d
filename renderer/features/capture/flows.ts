import type { ConnectionView } from '../../../shared/domain/index.ts';
import { nameText } from '../../i18n/index.ts';
import type { FlowChoice } from './memory.ts';

/** Every connection with every flow that it offers; practice after the real ones, so that nothing slips into it. */
export function flowChoices(
  connections: readonly ConnectionView[],
): (FlowChoice & { label: string; detail: string; isPractice: boolean })[] {
  return connections
    .flatMap((connection) =>
      connection.flows.map((flow) => ({
        connectionId: connection.id,
        flowId: flow.id,
        label: nameText(flow.name, flow.nameKey),
        detail: nameText(connection.name, connection.nameKey),
        isPractice: connection.environment === 'practice',
      })),
    )
    .toSorted((first, second) => Number(first.isPractice) - Number(second.isPractice));
}

/**
 * The flow that the next customer most likely goes by: the wanted one, else the first. Practice is never a guess once there
 * is a real connection: a customer who was only practised on has not been sent to anybody.
 */
export function guessFlow(choices: ReturnType<typeof flowChoices>, wanted: FlowChoice | null): FlowChoice | null {
  const known = choices.find(
    (choice) => choice.connectionId === wanted?.connectionId && choice.flowId === wanted.flowId,
  );
  const first = choices[0] ?? null;
  return known === undefined || (known.isPractice && first?.isPractice === false) ? first : known;
}
