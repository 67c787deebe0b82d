import { describe, expect, it } from 'vitest';
import { checkDraft, emptyDraft, stepOf } from '../../../../renderer/features/settings/connectionDraft.ts';
import type { ConnectionDraft } from '../../../../renderer/features/settings/connectionDraft.ts';
import { checkCredential, isKeyOfOtherEnvironment } from '../../../../renderer/features/settings/credential.ts';
import { wayOf, withWay } from '../../../../renderer/features/settings/flowEdits.ts';
import { flowFromTemplate, templatesFor } from '../../../../renderer/features/settings/templates.ts';
import { PROVIDER_DESCRIPTORS, ProviderId } from '../../../../shared/domain/index.ts';
import type { Flow } from '../../../../shared/domain/index.ts';

const words = {
  flowName: 'Flow',
  identity: 'Identity',
  address: 'Address',
  selfie: 'Selfie',
  company: 'Certificate',
  document: 'Document',
};

function goodDraft(provider: ProviderId): ConnectionDraft {
  return {
    ...emptyDraft(provider),
    name: 'Head office',
    credential: {
      apiKey: 'persona_sandbox_made_up',
      email: 'service@example.test',
      password: 'made up',
      appToken: 'sbx:made-up',
      secretKey: 'made up too',
    },
    flows: templatesFor(provider).map((template, index) =>
      withTemplateId(flowFromTemplate(template, provider, `flow-${index}`, { ...words, flowName: `Flow ${index}` })),
    ),
  };
}

/** What only the administrator knows: the id of the organisation's own template. */
function withTemplateId(flow: Flow): Flow {
  return flow.route?.['by'] === 'inquiry' ? { ...flow, route: { ...flow.route, templateId: 'itmpl_MadeUp' } } : flow;
}

const problemsOf = (draft: ConnectionDraft): Record<string, string> => {
  const check = checkDraft(draft);
  return check.ok ? {} : Object.fromEntries(check.problems.map((problem) => [problem.path, problem.key]));
};

describe('a connection from the wizard', () => {
  it.each(ProviderId.options)('%s: every template makes a connection that main accepts', (provider) => {
    const check = checkDraft(goodDraft(provider));
    expect(check.ok && check.connection.provider).toBe(provider);
  });

  it('begins with what new connections begin with, where stored ones go on as they were', () => {
    expect(emptyDraft('persona').settings['accountsWhenPurged']).toBe('own');
    expect(PROVIDER_DESCRIPTORS.persona.settings.parse({}).accountsWhenPurged).toBe('kept');
  });

  it('sends only the credential of its own provider', () => {
    const check = checkDraft(goodDraft('persona'));
    expect(check.ok && check.connection.credential).toEqual({ apiKey: 'persona_sandbox_made_up' });
  });

  it('names each input at fault once', () => {
    const problems = problemsOf({ ...emptyDraft('personr'), baseUrl: 'http://enterprise.personr.co' });
    expect(problems).toEqual({
      name: 'settings.problem.name',
      baseUrl: 'settings.problem.baseUrl',
      'credential.email': 'settings.problem.email',
      'credential.password': 'settings.problem.password',
      flows: 'settings.problem.flows',
    });
  });

  it.each([
    ['', ''],
    ['branch 12', 'branch 12'],
    [' north , branch 12,, north ', 'north, branch 12'],
    ['Ümläut-ñ', 'Ümläut-ñ'],
  ])('takes the tags "%s" as "%s"', (tags, taken) => {
    const draft = goodDraft('persona');
    const check = checkDraft({ ...draft, settings: { ...draft.settings, tags } });
    expect(check.ok && check.connection.settings['tags']).toBe(taken);
  });

  it.each([
    ['of Satchel’s own kind', 'north, Satchel-1234'],
    ['too long', 'x'.repeat(61)],
    ['with a line break', 'one\ntwo'],
    ['too many', Array.from({ length: 11 }, (_, index) => `tag ${index}`).join()],
  ])('refuses tags that are %s, at their input', (_what, tags) => {
    const draft = goodDraft('persona');
    expect(problemsOf({ ...draft, settings: { ...draft.settings, tags } })).toEqual({
      'settings.tags': 'settings.problem.tags',
    });
  });

  it('a flow without a way shows what its usual one means, and a choice in it names the way', () => {
    const flow = flowFromTemplate('personaIdentityAndAddress', 'persona', 'flow', words);
    expect(flow.route).toEqual({ by: 'documents', account: 'customer', accountTypeId: '' });
    const draft = goodDraft('persona');
    const wayless = { ...flow, route: { by: 'documents' } };
    expect(checkDraft({ ...draft, flows: [wayless] })).toMatchObject({ ok: true });
  });

  it('finds the input inside a flow', () => {
    const draft = goodDraft('persona');
    const [flow] = draft.flows;
    const [requirement] = flow?.requirements ?? [];
    const [accepted] = requirement?.accepts ?? [];
    if (flow === undefined || requirement === undefined || accepted === undefined) throw new Error('no template');
    const broken = {
      ...flow,
      name: '',
      requirements: [{ ...requirement, label: '', accepts: [{ ...accepted, providerType: '' }] }],
    };
    expect(problemsOf({ ...draft, flows: [broken] })).toEqual({
      'flows.0.name': 'settings.problem.flowName',
      'flows.0.requirements.0.label': 'settings.problem.label',
      'flows.0.requirements.0.accepts.0.providerType': 'settings.problem.providerType',
    });
  });

  it('Personr: a document of a person is written in capitals, one of a company is text', () => {
    const good = goodDraft('personr');
    const draft = { ...good, flows: good.flows.slice(0, 2) };
    const saying = (providerType: string): Record<string, string> => {
      const flows = draft.flows.map((flow) => ({
        ...flow,
        requirements: flow.requirements.slice(0, 1).map((requirement) => ({
          ...requirement,
          accepts: requirement.accepts.slice(0, 1).map((accepted) => ({ ...accepted, providerType })),
        })),
      }));
      return problemsOf({ ...draft, flows });
    };
    expect(draft.flows.map(({ subjectKind = 'person' }) => subjectKind)).toEqual(['person', 'entity']);
    const input = 'flows.0.requirements.0.accepts.0.providerType';
    expect(saying('DRIVERS')).toEqual({});
    expect(saying('drivers')).toEqual({ [input]: 'settings.problem.capitals' });
    expect(saying('Driving licence')).toEqual({ [input]: 'settings.problem.capitals' });
  });

  it('trap 4: Persona: either of its base addresses is taken as it is', () => {
    const [current, older] = PROVIDER_DESCRIPTORS.persona.baseUrls;
    expect([current, older]).toEqual(['https://api.withpersona.com/api/v1', 'https://withpersona.com/api/v1']);
    for (const baseUrl of [current, older]) {
      const check = checkDraft({ ...goodDraft('persona'), baseUrl: `${baseUrl}/` });
      expect(check.ok && check.connection.baseUrl).toBe(baseUrl);
    }
    expect(emptyDraft('persona').baseUrl).toBe(current);
  });

  it('Persona: a way asks for what it needs, and says which input is wrong', () => {
    const draft = goodDraft('persona');
    const [flow] = draft.flows;
    if (flow === undefined) throw new Error('no template');
    const by = (route: Flow['route']): Record<string, string> =>
      problemsOf({ ...draft, flows: [route === undefined ? flow : { ...flow, route }] });
    expect(wayOf(withWay(flow, 'persona', 'transaction'), 'persona')).toBe('transaction');
    expect(by(withWay(flow, 'persona', 'documents').route)).toEqual({});
    expect(by(withWay(flow, 'persona', 'inquiry').route)).toEqual({
      'flows.0.route.templateId': 'settings.problem.templateId',
    });
    expect(by({ by: 'inquiry', templateId: 'itmpl_1', accountTypeId: 'User', acceptedWhen: 'approved' })).toEqual({
      'flows.0.route.accountTypeId': 'settings.problem.accountTypeId',
    });
    expect(by({ by: 'transaction', transactionTypeId: 'txn_1' })).toEqual({
      'flows.0.route.transactionTypeId': 'settings.problem.transactionTypeId',
    });
  });

  it('refuses two flows of one name and one document accepted twice', () => {
    const draft = goodDraft('personr');
    const [flow] = draft.flows;
    const [requirement] = flow?.requirements ?? [];
    const [accepted] = requirement?.accepts ?? [];
    if (flow === undefined || requirement === undefined || accepted === undefined) throw new Error('no template');
    const twice = {
      ...flow,
      id: 'other',
      name: ' FLOW 0 ',
      requirements: [{ ...requirement, accepts: [accepted, accepted] }],
    };
    expect(problemsOf({ ...draft, flows: [flow, twice] })).toEqual({
      'flows.1.name': 'settings.problem.flowNameTwice',
      'flows.1.requirements.0.accepts.1.documentType': 'settings.problem.documentTwice',
    });
  });

  it('leads each input to the step that shows it', () => {
    expect(stepOf('flows.0.requirements.0.label')).toBe('flows');
    expect(stepOf('credential.apiKey')).toBe('credential');
    expect(stepOf('settings.version')).toBe('address');
    expect(stepOf('baseUrl')).toBe('address');
  });
});

describe('a key', () => {
  it('of Persona is judged by its own prefix only', () => {
    expect(isKeyOfOtherEnvironment('persona', { apiKey: 'persona_production_x' }, 'sandbox')).toBe(true);
    expect(isKeyOfOtherEnvironment('persona', { apiKey: ' persona_sandbox_x' }, 'sandbox')).toBe(false);
    expect(isKeyOfOtherEnvironment('persona', { apiKey: 'something else' }, 'production')).toBe(false);
  });

  it('of Sumsub is judged by the prefix of its token', () => {
    const values = { appToken: 'prd:x', secretKey: 'sbx:y' };
    expect(isKeyOfOtherEnvironment('sumsub', values, 'sandbox')).toBe(true);
    expect(isKeyOfOtherEnvironment('sumsub', values, 'production')).toBe(false);
  });

  it('of a provider whose keys say nothing is never judged', () => {
    expect(isKeyOfOtherEnvironment('personr', { password: 'persona_production_x' }, 'sandbox')).toBe(false);
  });
});

describe('a replaced credential', () => {
  it('holds exactly what the provider takes', () => {
    const values = { apiKey: ' key ', email: 'a@b.c', password: ' kept as typed ' };
    expect(checkCredential('persona', values)).toEqual({ ok: true, credential: { apiKey: 'key' } });
    expect(checkCredential('personr', values)).toEqual({
      ok: true,
      credential: { email: 'a@b.c', password: ' kept as typed ' },
    });
  });

  it('names what is missing', () => {
    const check = checkCredential('personr', { email: '', password: '' });
    expect(check.ok ? [] : check.problems.map((problem) => problem.path)).toEqual([
      'credential.email',
      'credential.password',
    ]);
  });
});
