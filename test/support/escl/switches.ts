/** What an eSCL scanner does, and what goes wrong with it. Pages and sheets count from 1. */
export interface EsclSwitches {
  /** Sheets that lie in the feeder. A job takes them all. */
  sheets: number;
  /** Which sources it has. */
  hasGlass: boolean;
  hasFeeder: boolean;
  hasDuplex: boolean;
  uuid: string | null;
  model: string;
  mediaTypes: readonly string[];
  /** What lies there, as the files that it gives for pages 1, 2, …; a page that has none here is drawn. */
  pictures: readonly Buffer[];

  /** The page at which the paper jams, and how that is answered: real devices do all three. */
  jamAtPage: number | null;
  jamAnswer: 404 | 409 | 'emptyBody';
  /** How an empty feeder is answered. */
  emptyAnswer: 404 | 409;
  /** Instead of what the feeder would say of itself. */
  feederState: string | null;
  /** In front of the scanner's own state, such as `CoverOpen`. */
  stateReasons: readonly string[];
  /** A job ends as Aborted at this page, for this reason. */
  abortAtPage: number | null;
  abortReason: string;
  /** Somebody presses stop at the device at this page. */
  cancelAtPage: number | null;

  /** Answers 503 so often before it takes a job. */
  jobWaits: number;
  /** Answers 503 so often before each page. */
  pageWaits: number;
  /** Answers 503 so often to the question how a job is. */
  statusWaits: number;
  /** Before it says what it can do, in milliseconds. */
  capabilitiesDelayMs: number;
  /** Before it answers to a job, in milliseconds. */
  jobDelayMs: number;
  /** `Retry-After` of these, in seconds; null: none. */
  retryAfter: number | null;
  /** Answers 404 so often before each page, while the job goes on. */
  earlyAnswers: number;
  /** A job is said to go on after its last page, until it is deleted. */
  isNeverOver: boolean;
  /** Another client's job is running. */
  isBusy: boolean;
  /** Status of the answer to a job: 400, 401, … ; null: it is taken. */
  jobRefusal: number | null;

  location: 'usual' | 'wrongHost' | 'pathOnly' | 'relative' | 'hostile' | 'none';
  /** The origin to which it sends whoever asks it, as devices do that are to be asked with TLS only; null: it answers itself. */
  redirectTo: string | null;
  redirectStatus: 301 | 302 | 303 | 307 | 308;
  /** `Server` of its answers; null: none. */
  server: string | null;
  /** Refuses every job that is not asked for at `localhost`, as some of HP's do. */
  isOnlyLocalhost: boolean;
  /**
   * Asked for the next page sooner than so many milliseconds after the one before, says that there is none and that its feeder
   * is empty, as a Brother does.
   */
  restMs: number;
  /** The connection is cut in the middle of this page. */
  cutAtPage: number | null;
  /** Nothing comes any more in the middle of this page. */
  stallAtPage: number | null;
  /** This page ends too early, and the answer says that it is whole. */
  shortAtPage: number | null;
  /** This page is no picture. */
  garbageAtPage: number | null;
  /** Between the pieces of a page, in milliseconds. */
  slowMs: number;
  /** Scans in this resolution whatever is asked. */
  otherDpi: number | null;
  /** What the file says of its resolution, if not the truth; 1: nothing. */
  density: number | null;
  /** Where a JPEG says it. */
  densityIn: 'jfif' | 'exif';
  /** Share of the asked width that the paper has, to which the device cuts its pages. */
  paperShare: number;
}

export const HEALTHY: EsclSwitches = {
  sheets: 3,
  hasGlass: true,
  hasFeeder: true,
  hasDuplex: true,
  uuid: '6f1c2a54-0d3e-4b6a-9c11-2f5a7e9d0c31',
  model: 'Simulated MFP 300',
  mediaTypes: ['image/jpeg', 'application/pdf'],
  pictures: [],
  jamAtPage: null,
  jamAnswer: 404,
  emptyAnswer: 404,
  feederState: null,
  stateReasons: [],
  abortAtPage: null,
  abortReason: 'AbortedBySystem',
  cancelAtPage: null,
  jobWaits: 0,
  pageWaits: 0,
  statusWaits: 0,
  capabilitiesDelayMs: 0,
  jobDelayMs: 0,
  retryAfter: null,
  earlyAnswers: 0,
  isNeverOver: false,
  isBusy: false,
  jobRefusal: null,
  location: 'usual',
  redirectTo: null,
  redirectStatus: 301,
  server: null,
  isOnlyLocalhost: false,
  restMs: 0,
  cutAtPage: null,
  stallAtPage: null,
  shortAtPage: null,
  garbageAtPage: null,
  slowMs: 0,
  otherDpi: null,
  density: null,
  densityIn: 'jfif',
  paperShare: 1,
};
