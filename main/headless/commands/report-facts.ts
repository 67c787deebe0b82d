/** What the reports for IT say about this program. */
export function reportFacts(): { readonly nowMs: number; readonly version: string; readonly runtime: string } {
  return { nowMs: Date.now(), version: 'command line', runtime: `Node ${process.versions.node}` };
}
