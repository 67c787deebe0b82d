import { useState } from 'react';
import type { ConnectionView } from '../../../shared/domain/index.ts';
import { SelectField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { flowChoices } from './flows.ts';
import type { FlowChoice } from './memory.ts';

type Choices = ReturnType<typeof flowChoices>;

/** What is offered, and which of it is chosen. */
export interface FlowOffer {
  choices: Choices;
  chosen: number;
  choose: (index: number) => void;
  /** Null: nothing is offered. */
  choice: FlowChoice | null;
}

/** Every flow of every connection; begins with `initial`, else with the first. */
export function useFlowOffer(connections: readonly ConnectionView[], initial: FlowChoice | null): FlowOffer {
  const choices = flowChoices(connections);
  const [chosen, choose] = useState(() =>
    Math.max(
      0,
      choices.findIndex(
        ({ connectionId, flowId }) => connectionId === initial?.connectionId && flowId === initial.flowId,
      ),
    ),
  );
  const at = choices[chosen];
  return {
    choices,
    chosen,
    choose,
    choice: at === undefined ? null : { connectionId: at.connectionId, flowId: at.flowId },
  };
}

/** Asks for a connection and its flow. */
export function FlowField({ offer: { choices, chosen, choose } }: { offer: FlowOffer }) {
  const t = useText();
  const detail = choices[chosen]?.detail;
  return (
    <SelectField
      label={t('capture.flow')}
      // Two connections may have a flow of the same name, and the closed field shows only that.
      {...(detail === undefined ? {} : { hint: detail })}
      options={choices.map((option, index) => ({ id: String(index), label: option.label, detail: option.detail }))}
      value={String(chosen)}
      onChange={(id) => choose(Number(id))}
    />
  );
}
