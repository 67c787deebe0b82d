/** What the window remembers between visits: ids only, never anything about a customer. */
const BATCH_KEY = 'satchel.capture.batch';
const FLOW_KEY = 'satchel.capture.flow';

export interface FlowChoice {
  connectionId: string;
  flowId: string;
}

export function rememberedBatch(): string | null {
  return localStorage.getItem(BATCH_KEY);
}

export function rememberBatch(batchId: string): void {
  localStorage.setItem(BATCH_KEY, batchId);
}

/** The connection and flow of the customer that was started last. */
export function rememberedFlow(): FlowChoice | null {
  const [connectionId, flowId] = (localStorage.getItem(FLOW_KEY) ?? '').split(' ');
  return connectionId === undefined || flowId === undefined || connectionId === '' ? null : { connectionId, flowId };
}

export function rememberFlow(choice: FlowChoice): void {
  localStorage.setItem(FLOW_KEY, `${choice.connectionId} ${choice.flowId}`);
}
