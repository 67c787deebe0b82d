import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { Flow, FlowRoute, ProviderId } from '../../../shared/domain/index.ts';
import { RadioField, SelectField, TextField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { wayOf, withWay } from './flowEdits.ts';
import styles from './Settings.module.css';

/** Which of its ways the provider takes for a flow, and what that way needs. Nothing for a provider with one way. */
export function FlowRouteFields({
  flow,
  provider,
  onChange,
  error,
}: {
  flow: Flow;
  provider: ProviderId;
  onChange: (flow: Flow) => void;
  error: (path: string) => string | undefined;
}) {
  const t = useText();
  const { routes } = PROVIDER_DESCRIPTORS[provider];
  if (routes === null) return null;
  const chosen = wayOf(flow, provider);
  const fields = routes.ways.flatMap((way) => (way.id === chosen ? [...way.fields] : []));
  // What a flow that does not say takes: it may have been made before there was a choice.
  const meant: FlowRoute | undefined = routes.schema.safeParse({ by: chosen, ...flow.route }).data;
  return (
    <>
      <RadioField<string>
        label={t('settings.route')}
        value={chosen}
        onChange={(id) => onChange(withWay(flow, provider, id))}
        options={routes.ways.map(({ id, labelKey, hintKey }) => ({ id, label: t(labelKey), detail: t(hintKey) }))}
      />
      {fields.length === 0 ? null : (
        <div className={styles['routeFields']}>
          {fields.map(({ key, labelKey, hintKey, initial, options }) => {
            const common = {
              label: t(labelKey),
              hint: hintKey === null ? undefined : t(hintKey),
              value: flow.route?.[key] ?? meant?.[key] ?? initial,
              // A flow that names no way takes the usual one, which has to be named beside what it needs.
              onChange: (value: string) => onChange({ ...flow, route: { by: chosen, ...flow.route, [key]: value } }),
              error: error(`route.${key}`),
            };
            return options === null ? (
              <TextField key={key} {...common} />
            ) : (
              <SelectField
                key={key}
                {...common}
                options={options.map((option) => ({ id: option.id, label: t(option.labelKey) }))}
              />
            );
          })}
        </div>
      )}
    </>
  );
}
