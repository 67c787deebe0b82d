/** Loaded with the first answer of a device: most starts of the app never ask one, and the parser takes longer to load than to parse. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ScanStopped } from '../port.ts';
import { child, isElement } from './xml.ts';
import type { XmlElement } from './xml.ts';

/**
 * Prefixes are dropped, because devices bind them as they like; values stay text; entities are not resolved, so none can be
 * defined that grows.
 */
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
});

/** The root element of what a device answered. Throws `ScanStopped` when it is not well-formed or another one. */
export function parseXml(bytes: Uint8Array, rootName: string): XmlElement {
  const text = Buffer.from(bytes).toString('utf8');
  if (XMLValidator.validate(text) !== true) throw new ScanStopped('deviceError');
  const document: unknown = parser.parse(text);
  const root = isElement(document) ? child(document, rootName) : null;
  if (root === null) throw new ScanStopped('deviceError');
  return root;
}
