/** The name of a value as an option of the command line has it: `pagesEach` is `pages-each`. */
export function optionName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
