/** What a page's file says of itself before its picture. */
export interface PictureHeader {
  /** Pixels across. */
  readonly width: number;
  /** Dots per inch across; null when the file does not say. */
  readonly dpi: number | null;
}
