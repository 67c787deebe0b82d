import type { ElectronApplication, Page } from 'playwright';
import { EMPTY_SUBJECT } from '../../shared/domain/index.ts';
import { samplePath } from '../../test/support/samples.ts';
import { importFiles, newCustomer, whenInspected } from './customers.ts';
import { call } from './window.ts';
import type { Photograph } from './window.ts';

/** Photographs a company at the desk, with an owner and another one to be chosen. */
export async function companyWithOwners(app: ElectronApplication, window: Page, photograph: Photograph): Promise<void> {
  const connections = await call(window, 'connection.list', {});
  const personr = connections.find(({ provider }) => provider === 'personr');
  const [person, company] = personr?.flows ?? [];
  if (personr === undefined || person === undefined || company === undefined) throw new Error('no flow for companies');
  const { batchId } = await call(window, 'batch.create', {});
  const create = async (flowId: string, subject: Partial<typeof EMPTY_SUBJECT>): Promise<string> => {
    const input = { batchId, connectionId: personr.id, flowId };
    const { submissionId } = await call(window, 'submission.create', input);
    await call(window, 'submission.setSubject', {
      submissionId,
      subject: { ...EMPTY_SUBJECT, country: 'AUS', ...subject },
    });
    return submissionId;
  };
  const contact = { email: 'amelie@example.invalid', phone: '+61400000001' };
  const owner = await create(person.id, {
    givenName: 'Amelie',
    familyName: 'Example',
    reference: 'DEMO-3002',
    ...contact,
  });
  await create(person.id, { givenName: 'Bruno', familyName: 'Muster', reference: 'DEMO-3003', ...contact });
  const submissionId = await create(company.id, {
    companyName: 'Specimen Trading Ltd',
    registrationNumber: '12 345 678',
    reference: 'DEMO-3001',
  });
  await importFiles(app, window, [samplePath('clara-utility-bill.pdf')], { submissionId, slot: null });
  await whenInspected(window, submissionId);
  await call(window, 'submission.setOwner', { submissionId, ownerSubmissionId: owner, position: 'Director' });
  await photograph('company', `#/capture/${submissionId}`, async () => {
    await window.locator('#capture-owners').evaluate((title) => {
      title.scrollIntoView({ block: 'end' });
    });
    await window.locator('#capture-owners').evaluate((title) => {
      title.parentElement?.scrollIntoView({ block: 'end' });
    });
  });
}
