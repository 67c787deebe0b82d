/** Addresses inside the window (after the `#`). Features link to each other only by these. */
export const paths = {
  today: '/',
  capture: '/capture',
  /** Capture with this customer open; `slot` selects one slot of it, `field` one of its fields. */
  captureSubmission: (submissionId: string, place: { slot?: string; field?: string } = {}) => {
    const query = new URLSearchParams(place).toString();
    return `/capture/${encodeURIComponent(submissionId)}${query === '' ? '' : `?${query}`}`;
  },
  captureBatch: (batchId: string) => `/capture?batch=${encodeURIComponent(batchId)}`,
  submissions: '/submissions',
  submission: (submissionId: string) => `/submissions/${encodeURIComponent(submissionId)}`,
  attention: '/attention',
  activity: '/activity',
  settings: '/settings',
  settingsSection: (section: 'connections' | 'sending' | 'recovery' | 'supervisor' | 'about' | 'appearance') =>
    `/settings/${section}`,
} as const;
