import { Card, CopyText, FailureNote, scrollsByKeys, Working } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useMethod } from '../../ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

/** Version, runtime and the licences of what Satchel is made of. */
export function AboutSection() {
  const t = useText();
  const about = useMethod('app.about', {});
  return (
    <>
      <SectionHead title={t('settings.section.about')} />
      {about.isError ? <FailureNote error={about.error} onRetry={() => void about.refetch()} /> : null}
      {about.isPending ? <Working>{t('frame.loading')}</Working> : null}
      {about.data === undefined ? null : (
        <div className={styles['stack']}>
          <Card>
            <dl className={styles['facts']}>
              <dt>{t('settings.about.version')}</dt>
              <dd>
                <CopyText text={about.data.version} />
              </dd>
              <dt>{t('settings.about.runtime')}</dt>
              <dd>
                <CopyText text={about.data.runtime} />
              </dd>
              <dt>{t('settings.about.profile')}</dt>
              <dd>{about.data.profileName}</dd>
            </dl>
          </Card>
          <Card title={t('settings.about.licences')} isFlush>
            <div ref={scrollsByKeys} className={styles['licences']}>
              <table className={styles['table']}>
                <thead>
                  <tr>
                    <th scope="col">{t('settings.about.component')}</th>
                    <th scope="col">{t('settings.about.licence')}</th>
                  </tr>
                </thead>
                <tbody>
                  {about.data.licences.map((part) => (
                    <tr key={part.name}>
                      <td>{part.name}</td>
                      <td>{part.licence}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Card>
        </div>
      )}
    </>
  );
}
