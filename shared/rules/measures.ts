import { z } from 'zod';

const Share = z.number().min(0).max(1);
const Luminance = z.number().min(0).max(255);

/**
 * How people are shown a sheet: the working copy. All lengths in parts of the sheet's width, so that they hold for a picture of
 * any size. Never what is sent.
 */
export const WorkingView = z.object({
  /** Degrees clockwise by which the sheet is turned so that it is upright and straight. */
  turn: z.number().min(-360).max(360),
  /** The middle of what is shown, on the sheet as it was captured. */
  x: z.number(),
  y: z.number(),
  /** Sides of what is shown, once it is turned. */
  width: z.number().positive(),
  height: z.number().positive(),
});
export type WorkingView = z.infer<typeof WorkingView>;

/**
 * What inspection measured on one sheet: numbers only, no judgement and nothing of what the sheet says. The rules judge them,
 * because what is good enough depends on the document that is wanted. Stored with the page.
 */
export const SheetMeasures = z.object({
  /** Counts from 1. */
  sheet: z.number().int().min(1),
  /** Pixels of the sheet. */
  width: z.number().int(),
  height: z.number().int(),
  /**
   * The one thing that lies on a plain background: its own two sides in pixels, whichever way it lies, and how many sides of the
   * picture it touches; null where no background could be told from a document. Everything below is about it, else about the whole sheet.
   */
  document: z
    .object({
      longer: z.number().int(),
      shorter: z.number().int(),
      touches: z.number().int().min(0).max(4),
      /** The longest stretch of one of those sides that it takes up, in parts of its own shorter side. Absent on pages from before that was measured. */
      contact: z.number().min(0).exactOptional(),
      /** How deep a whole document that lies like it would reach beyond that side, in parts of its shorter side. Absent as `contact`. */
      beyond: z.number().min(0).exactOptional(),
    })
    .nullable(),
  /** Share of the sheet's small tiles in which there is anything at all. */
  ink: Share,
  /** How many pixels a sharp edge takes from dark to light, in the worse of both directions; null where there are no edges. */
  edgePixels: z.number().nullable(),
  /** A tenth of the document is brighter than this. */
  bright: Luminance,
  /** From dark to light where print stands out most. */
  contrast: Luminance,
  /** Share of the document that is as white as a picture can be. */
  saturated: Share,
  /** Share that lies in bright spots without any print and with soft borders. */
  glare: Share,
  /** How far the most colourful hundredth lies from the usual tint, 0 to 255. */
  colour: Luminance,
  /** Dots per inch of the document itself, by the pitch of its machine-readable zone; null where none was found. */
  zoneDpi: z.number().nullable(),
  /** How many faces there are, and nothing else of them. Absent where none were looked for: in PDFs, files of several sheets, and documents that were read. */
  faces: z.number().int().min(0).exactOptional(),
  /** Upright, straight and without what lies around it; absent when that is the sheet as it is. */
  view: WorkingView.exactOptional(),
});
export type SheetMeasures = z.infer<typeof SheetMeasures>;
