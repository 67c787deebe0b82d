/** Sumsub's numbers of errors and their names; an error without one has neither. */
const ERROR_NAMES: Readonly<Record<number, string>> = {
  1000: 'duplicate-document',
  1002: 'file-too-big',
  1003: 'empty-file',
  1004: 'corrupted-file',
  1005: 'unsupported-file-format',
  1006: 'no-upload-verification-in-progress',
  1009: 'applicant-with-final-reject',
  1010: 'doc-type-not-in-req-docs',
  4004: 'app-token-request-expired',
};

/** Leaves a call with one of Sumsub's error bodies; caught where the call began. */
export class Refusal extends Error {
  readonly status: number;
  readonly errorCode: number | null;
  constructor(status: number, description: string, errorCode: number | null) {
    super(description);
    this.status = status;
    this.errorCode = errorCode;
  }

  /** `{code, description, correlationId, errorCode?, errorName?}` */
  body(correlationId: string): unknown {
    const { status, message, errorCode } = this;
    const name = errorCode === null ? undefined : ERROR_NAMES[errorCode];
    return {
      description: message,
      code: status,
      correlationId,
      ...(errorCode === null ? {} : { errorCode }),
      ...(name === undefined ? {} : { errorName: name }),
    };
  }
}

export function refused(status: number, description: string, errorCode: number | null = null): Refusal {
  return new Refusal(status, description, errorCode);
}
