import type { ElectronApplication, Page } from 'playwright';
import type { Subject } from '../../shared/domain/index.ts';
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
  const create = (flowId: string, subject: Partial<Subject>): Promise<string> =>
    newCustomer(window, { connectionId: personr.id, flowId }, { batchId, subject: { country: 'AUS', ...subject } });
  const contact = { email: 'amelie@example.invalid', phone: '+61400000001' };
  const owner = { givenName: 'Amelie', familyName: 'Example', reference: 'DEMO-3002', ...contact };
  const ownerSubmissionId = await create(person.id, owner);
  await create(person.id, { givenName: 'Bruno', familyName: 'Muster', reference: 'DEMO-3003', ...contact });
  const submissionId = await create(company.id, {
    companyName: 'Specimen Trading Ltd',
    registrationNumber: '12 345 678',
    reference: 'DEMO-3001',
  });
  await importFiles(app, window, [samplePath('clara-utility-bill.pdf')], { submissionId, slot: null });
  await whenInspected(window, submissionId);
  await call(window, 'submission.setOwner', { submissionId, ownerSubmissionId, position: 'Director' });
  await photograph('company', `#/capture/${submissionId}`, async () => {
    await window.getByRole('button', { name: /^(Add|Hinzufügen)$/ }).waitFor();
    await window.locator('section[aria-labelledby="capture-owners"]').evaluate((section) => {
      section.scrollIntoView({ block: 'end' });
    });
  });
}
