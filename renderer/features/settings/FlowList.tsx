import type { Flow } from '../../../shared/domain/index.ts';
import { nameText, useText } from '../../i18n/index.ts';
import styles from './Settings.module.css';

/** The flows of a connection. */
export function FlowList({ flows }: { flows: readonly Flow[] }) {
  return (
    <ul className={styles['flowList']}>
      {flows.map((flow) => (
        <li key={flow.id}>
          <FlowSummary flow={flow} />
        </li>
      ))}
    </ul>
  );
}

/** A flow in two lines: its name, and what it wants. */
function FlowSummary({ flow }: { flow: Flow }) {
  const t = useText();
  return (
    <>
      <span className={styles['flowName']}>{nameText(flow.name, flow.nameKey)}</span>
      <span className={styles['factDetail']}>
        {flow.requirements
          .map((requirement) => {
            const documents = [
              ...new Set(requirement.accepts.map((accepted) => t(`document.${accepted.documentType}`))),
            ];
            const optional = requirement.isOptional ? `, ${t('settings.connections.optional')}` : '';
            const label = nameText(requirement.label, requirement.labelKey);
            return documents.length === 1 && documents[0] === label
              ? `${label}${optional}`
              : `${label} (${documents.join(', ')}${optional})`;
          })
          .join(' · ')}
      </span>
    </>
  );
}
