import { methods } from '../../../shared/ipc/index.ts';
import { qrPath } from '../../separators/index.ts';
import { handle } from '../door.ts';
import type { GetServices } from './types.ts';

/** Customers: their fields, their documents, and what a person decides about them. */
export function submissionHandlers(services: GetServices) {
  return {
    'submission.create': handle(methods['submission.create'], (input) => ({
      submissionId: services().capture.createSubmission(input),
    })),
    'submission.list': handle(methods['submission.list'], (input) => services().capture.submissions(input)),
    'submission.get': handle(methods['submission.get'], ({ submissionId }) =>
      services().capture.submission(submissionId),
    ),
    'submission.setSubject': handle(methods['submission.setSubject'], ({ submissionId, subject, seen }) => {
      services().capture.setSubject(submissionId, subject, seen);
      return null;
    }),
    'submission.confirmRead': handle(methods['submission.confirmRead'], ({ submissionId, seen }) => {
      services().capture.confirmRead(submissionId, seen);
      return null;
    }),
    'submission.sameCustomer': handle(methods['submission.sameCustomer'], ({ submissionId, disagreements, reason }) => {
      services().capture.decideSameCustomer(submissionId, disagreements, reason);
      return null;
    }),
    'submission.setDocument': handle(methods['submission.setDocument'], ({ submissionId, ...document }) => {
      services().capture.setDocument(submissionId, document);
      return null;
    }),
    'submission.ownerChoices': handle(methods['submission.ownerChoices'], ({ submissionId }) =>
      services().capture.ownerChoices(submissionId),
    ),
    'submission.setOwner': handle(methods['submission.setOwner'], ({ submissionId, ownerSubmissionId, position }) => {
      services().capture.setOwner(submissionId, ownerSubmissionId, position);
      return null;
    }),
    'submission.link': handle(methods['submission.link'], async ({ submissionId }) => {
      const url = await services().asking.link(submissionId);
      return { url, code: await qrPath(url) };
    }),
    'submission.backFromCustomer': handle(methods['submission.backFromCustomer'], ({ submissionId }) => {
      services().asking.backFromCustomer(submissionId);
      return null;
    }),
    'submission.release': handle(methods['submission.release'], ({ submissionId }) => {
      const { capture, dispatcher } = services();
      capture.releaseSubmission(submissionId);
      dispatcher.wake();
      return null;
    }),
    'submission.hold': handle(methods['submission.hold'], ({ submissionId, isHeld }) => {
      const { capture, dispatcher } = services();
      capture.holdSubmission(submissionId, isHeld);
      dispatcher.wake();
      return null;
    }),
    'submission.takeBack': handle(methods['submission.takeBack'], ({ submissionId }) => {
      services().capture.takeBack(submissionId);
      return null;
    }),
    'submission.void': handle(methods['submission.void'], ({ submissionId, reason }) => {
      services().capture.voidSubmission(submissionId, reason);
      return null;
    }),
    'submission.override': handle(methods['submission.override'], async ({ submissionId, reason, pin }) => {
      const { capture, supervision } = services();
      capture.override(submissionId, reason, await supervision.grant('override', submissionId, pin));
      return null;
    }),
    'submission.decide': handle(methods['submission.decide'], ({ submissionId, choice, operationId }) => {
      services().decide(submissionId, choice, operationId ?? null);
      return null;
    }),
    'submission.confirmRecord': handle(
      methods['submission.confirmRecord'],
      async ({ submissionId, operationId, recordId }) => {
        await services().confirmRecord(submissionId, operationId, recordId);
        return null;
      },
    ),
  };
}
