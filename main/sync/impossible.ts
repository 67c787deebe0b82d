/** The end of a switch that names every case: a new case no longer compiles here. */
export function impossible(value: never): never {
  throw new Error(`sync: a case that was not thought of: ${JSON.stringify(value)}`);
}
