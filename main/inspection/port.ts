import type { Licence } from '../../shared/aamva/index.ts';
import type { MediaType, RenditionType } from '../../shared/domain/index.ts';
import type { Mrz, MrzFieldName } from '../../shared/mrz/index.ts';
import type { PageFact, PictureLimit, SheetMeasures, WorkingView } from '../../shared/rules/index.ts';

export interface InspectionJob {
  readonly mediaType: MediaType;
  /** Called when it is this job's turn, so that a long queue holds no page bytes; again when a job is repeated. */
  readonly read: () => Promise<Uint8Array>;
  /** What `read` gives belongs to nobody else: its memory goes to the worker without a copy, and is empty on this side afterwards. */
  readonly givesAway?: boolean;
}

/** Longest side of a thumbnail in pixels. */
export const THUMBNAIL_PIXELS = 256;

export interface Inspection {
  /** Pixels of an image after its own orientation was applied; null for a PDF or when it cannot be decoded. */
  readonly widthPixels: number | null;
  readonly heightPixels: number | null;
  /** 1 for most images, the number of sheets of a PDF or TIFF; null when it cannot be decoded. */
  readonly sheetCount: number | null;
  /** JPEG, at most 256 pixels on its longer side; null when nothing can be shown. */
  readonly thumbnail: Uint8Array | null;
  readonly facts: readonly PageFact[];
  /** One for each sheet that was looked at and is large enough to be measured. */
  readonly measures: readonly SheetMeasures[];
  /** How the first sheet looks from far, for comparing it with other pages: personal data. Null where there is hardly anything on it. */
  readonly look: Uint8Array | null;
  /** The first machine-readable zone that was read, else the first that was seen; absent where there is none. */
  readonly zone?: InspectedZone;
  /** The others, on the same sheet or on further ones, which may be of somebody else: what was read, then what was seen only. */
  readonly moreZones?: readonly InspectedZone[];
  /** The codes that mean something here; absent where they were not looked for. */
  readonly codes?: InspectedCodes;
}

/** Nothing was read on it; and its lists are the worker's to send. */
type RefusedInspection = Omit<Inspection, 'zone' | 'moreZones' | 'codes' | 'facts' | 'measures'> & {
  readonly facts: PageFact[];
  readonly measures: SheetMeasures[];
};

/** The fact that a file does not decode to its end. */
export const DAMAGED_RULE = 'page.damaged';

/** What is known of a page that nobody can look at: why it is stopped, and its pixels where they are known. */
export function refusedInspection(
  rule: string,
  pixels: { readonly width: number; readonly height: number } | null = null,
  params: PageFact['params'] = {},
): RefusedInspection {
  return {
    widthPixels: pixels?.width ?? null,
    heightPixels: pixels?.height ?? null,
    sheetCount: null,
    thumbnail: null,
    facts: [{ rule, severity: 'blocking', params }],
    measures: [],
    look: null,
  };
}

export interface InspectedCodes {
  /**
   * How many of the file's sheets are separators, Satchel's own or one with a patch code. All: it is no page of anybody. Some: there
   * may be several customers in one file.
   */
  readonly separators: 'none' | 'some' | 'all';
  /** What the PDF417 code of a North American licence says of its holder; null where there is none. */
  readonly licence: Licence | null;
}

/** Where a machine-readable zone is on the page, and what it says if it could be read. */
export interface InspectedZone {
  /** The sheet that it is on, from 1. */
  readonly sheet: number;
  /** Null: there is one, but it could not be read surely. Otherwise every check digit is right. */
  readonly mrz: Mrz | null;
  /** Per field the probability that all its characters are right, 0 to 1, as the reader sees it. A person still confirms. */
  readonly confidence: Readonly<Partial<Record<MrzFieldName, number>>>;
  /**
   * Its corners in pixels of the image (after its own orientation; of a PDF's sheet: of its scanned picture, or as drawn with 300
   * dpi), clockwise from where reading begins. Where its pixels are no squares: in squares of their longer side.
   */
  readonly corners: readonly ZoneCorner[];
  /** Pixels per inch of the document itself, from the zone's own standard pitch; what the file says may be wrong. */
  readonly dpi: number;
}

export interface ZoneCorner {
  readonly x: number;
  readonly y: number;
}

export interface LookJob extends InspectionJob {
  /** Called with the thumbnail as soon as there is one, long before everything has been looked at; not for refused files. */
  readonly onThumbnail?: (thumbnail: Uint8Array) => void;
  /** Goes before waiting inspections, as pictures for people do. */
  readonly isUrgent?: boolean;
}

export interface PreviewJob extends InspectionJob {
  /** Counts from 1. */
  readonly sheet: number;
  /** Clockwise turn in degrees by hand, after what `view` turns: 0, 90, 180 or 270. */
  readonly rotation: number;
  /** What is shown of the sheet; the whole of it, as it was captured, when absent. */
  readonly view?: WorkingView | undefined;
  /** Longest side of the picture in pixels. */
  readonly maxPixels: number;
}

export interface PartJob extends InspectionJob {
  /** Counts from 1. */
  readonly sheet: number;
}

export interface ConversionJob extends InspectionJob {
  readonly to: RenditionType;
  /** Of a JPEG; absent or null: as many bytes as it takes. */
  readonly limit?: PictureLimit | null;
}

/**
 * Looks at page bytes off the main thread. Hostile input at worst costs the worker that holds it: a job that takes too long
 * or brings its worker down is refused and the worker replaced.
 */
export interface InspectionPort {
  /** Never rejects for what is wrong with the bytes: that is a fact. Rejects when `read` does, or after `close`. */
  inspect(job: LookJob): Promise<Inspection>;
  /** JPEG bytes for people, or null when the page cannot be shown. Goes before waiting inspections. */
  preview(job: PreviewJob): Promise<Uint8Array | null>;
  /**
   * The picture or pictures of an image file, or the first sheet of a PDF, in another form, upright, without metadata but the
   * resolution; of a PDF as PDF the file without what stands before and behind it. Null when it cannot be decoded whole. Where no picture
   * within the limit can be read any more, the full one. The same bytes give the same bytes as long as the libraries stay the same.
   */
  convert(job: ConversionJob): Promise<Uint8Array | null>;
  /**
   * A scanner's samples (TIFF) as a PNG of the same pixels, bits and resolution; null when they cannot be decoded whole. Goes before
   * waiting inspections: they are not safe until then.
   */
  samplesAsPng(read: InspectionJob['read']): Promise<Uint8Array | null>;
  /** One sheet of a PDF or TIFF as a JPEG of its own, with nothing of the other sheets in it; null when it cannot be read whole. */
  part(job: PartJob): Promise<Uint8Array | null>;
  close(): Promise<void>;
}
