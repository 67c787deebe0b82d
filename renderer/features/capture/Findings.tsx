import { ArrowRight, CopyX, Scale } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Finding, PageElsewhere } from '../../../shared/domain/index.ts';
import { RULES } from '../../../shared/rules/index.ts';
import { Banner, Button, classes, momentText, paths, severityLooks } from '../../components/index.ts';
import { formatMessage, hasMessage, useText } from '../../i18n/index.ts';
import styles from './Slots.module.css';

/** The rule by its id, as docs and support name it, and the providers that it matters to. */
function RuleLine({ rule }: { rule: string }) {
  const t = useText();
  const mattersTo = RULES[rule]?.mattersTo ?? 'all';
  const providers =
    mattersTo === 'all' ? t('capture.findings.everyProvider') : mattersTo.map((id) => t(`provider.${id}`)).join(', ');
  return (
    <p className={styles['findingRule']}>
      {t('capture.findings.mattersTo', { providers })} <code>{rule}</code>
    </p>
  );
}

/** What the checks noticed, each with its sentence and its one next step; on request, by which rule. */
export function FindingList({
  findings,
  onGoTo,
}: {
  findings: readonly Finding[];
  /** Opens the place that a finding names; findings without a place offer none. */
  onGoTo?: (finding: Finding) => void;
}) {
  const t = useText();
  const [hasRules, setHasRules] = useState(false);
  return (
    <>
      <ul className={styles['findings']}>
        {findings.map((finding) => {
          const look = severityLooks[finding.severity];
          const next = `finding.${finding.rule}.next`;
          const hasPlace = onGoTo !== undefined && (finding.slot !== null || finding.field !== null);
          return (
            <li
              key={`${finding.rule} ${finding.slot} ${finding.field} ${finding.pageId} ${JSON.stringify(finding.params)}`}
              className={classes(styles['finding'], styles[look.tone])}
            >
              <look.icon aria-hidden size={16} className={styles['findingIcon']} />
              <div className={styles['findingText']}>
                <p>
                  <span className="visually-hidden">{t(`severity.${finding.severity}`)}: </span>
                  {formatMessage({ code: `finding.${finding.rule}`, params: finding.params })}
                </p>
                {hasMessage(next) ? (
                  <p className={styles['findingNext']}>{formatMessage({ code: next, params: finding.params })}</p>
                ) : null}
                {hasRules ? <RuleLine rule={finding.rule} /> : null}
              </div>
              {hasPlace ? (
                <Button size="s" tone="quiet" icon={ArrowRight} onPress={() => onGoTo(finding)}>
                  {t('capture.goThere')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      <Button
        size="s"
        tone="quiet"
        icon={Scale}
        className={styles['rules']}
        aria-expanded={hasRules}
        onPress={() => setHasRules(!hasRules)}
      >
        {t('capture.findings.rules')}
      </Button>
    </>
  );
}

/** Links to the other customer that holds the same bytes, a document of the same number, or a page that looks alike; a person decides. */
export function ElsewhereCard({ what, page }: { what: 'duplicate' | 'sameNumber' | 'alike'; page: PageElsewhere }) {
  const t = useText();
  return (
    <Banner
      tone="amber"
      icon={CopyX}
      title={t(`capture.${what}`)}
      actions={<Link to={paths.submission(page.submissionId)}>{t('action.open')}</Link>}
    >
      {t(`capture.${what}.text`, {
        reference: page.reference === '' ? t('capture.duplicate.noReference') : page.reference,
        time: momentText(page.capturedAt),
      })}
    </Banner>
  );
}
