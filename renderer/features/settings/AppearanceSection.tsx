import { Card, FailureNote, RadioField, Working } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { useQueryClient } from '@tanstack/react-query';
import type { OutputOf } from '../../../shared/ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

type Settings = OutputOf<'settings.get'>;

const THEMES = ['system', 'light', 'dark'] as const;
const LANGUAGES = ['system', 'en', 'de'] as const;

/** Theme and language; both take effect at once. */
export function AppearanceSection() {
  const t = useText();
  const client = useQueryClient();
  const settings = useMethod('settings.get', {});
  const save = useAction('settings.set');
  const change = (part: Partial<Settings>): void => {
    if (settings.data === undefined) return;
    const next = { ...settings.data, ...part };
    const before = settings.data;
    // Shown at once; a refusal puts the old choice back.
    client.setQueryData(['settings.get', {}], next);
    save.mutate(next, { onError: () => client.setQueryData(['settings.get', {}], before) });
  };
  return (
    <>
      <SectionHead title={t('settings.section.appearance')} />
      {settings.isError ? <FailureNote error={settings.error} onRetry={() => void settings.refetch()} /> : null}
      {settings.isPending ? <Working>{t('frame.loading')}</Working> : null}
      {settings.data === undefined ? null : (
        <Card>
          <div className={styles['stack']}>
            <RadioField
              label={t('settings.appearance.theme')}
              isRow
              value={settings.data.theme}
              options={THEMES.map((theme) => ({ id: theme, label: t(`settings.appearance.theme.${theme}`) }))}
              onChange={(theme) => change({ theme })}
            />
            <RadioField
              label={t('settings.appearance.language')}
              isRow
              value={settings.data.language}
              options={LANGUAGES.map((language) => ({
                id: language,
                label: t(`settings.appearance.language.${language}`),
              }))}
              onChange={(language) => change({ language })}
            />
            <p className={styles['quiet']}>{t('settings.appearance.contrast')}</p>
          </div>
        </Card>
      )}
    </>
  );
}
