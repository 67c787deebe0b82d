import { z } from 'zod';

/** What a page's file may be, told by its content. */
export const MediaType = z.enum(['image/jpeg', 'image/png', 'image/tiff', 'image/webp', 'application/pdf']);
export type MediaType = z.infer<typeof MediaType>;

/** What a rendition may be: the forms that every provider takes. */
export const RenditionType = z.enum(['image/jpeg', 'application/pdf']);
export type RenditionType = z.infer<typeof RenditionType>;

/** How people call each type. */
export const MEDIA_TYPE_NAMES: Readonly<Record<MediaType, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/tiff': 'TIFF',
  'image/webp': 'WebP',
  'application/pdf': 'PDF',
};
