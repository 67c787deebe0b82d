import { sha256, type PracticeState } from '../state.ts';
import { filterOf, pageOf } from './pages.ts';
import { failure, notFound, type Reply } from './reply.ts';
import { iso, type PersonaRequest, type Resource, type ResourceObject } from './resource.ts';

/** Something that has happened to a record. */
export interface Happening {
  /** As Persona names events: `inquiry.marked-for-review`. */
  readonly name: string;
  readonly at: number;
  readonly objectId: string;
  readonly object: () => ResourceObject;
}

/** What has happened to one record, by the name of the event and its time; null: it has not happened. */
export function happeningsOf(
  objectId: string,
  object: () => ResourceObject,
  happened: readonly (readonly [name: string, at: number | null])[],
): Happening[] {
  return happened.flatMap(([name, at]) => (at === null ? [] : [{ name, at, objectId, object }]));
}

/** A family of records that things happen to. */
export interface Eventful {
  /** Everything that has happened by now; `ids` null: to any of them. */
  happenings(ids: readonly string[] | null, request: PersonaRequest): readonly Happening[];
}

interface EventRow extends Happening {
  readonly id: string;
}

const REFUSALS = { '401': 'Token is invalid', '403': 'Forbidden', '404': 'Record not found' } as const;

/**
 * `/events`: list (newest first, by name, object and id) and retrieve. Nothing is recorded for it: what the records say of
 * themselves tells what has happened to them and when, so an event's id is made from that and stays the same.
 */
export class PersonaEvents implements Resource {
  readonly #state: PracticeState;
  readonly #families: readonly Eventful[];

  constructor(state: PracticeState, families: readonly Eventful[]) {
    this.#state = state;
    this.#families = families;
  }

  handle(request: PersonaRequest): Reply | null {
    if (request.method !== 'GET') return null;
    const [, eventId] = /^\/events(?:\/([^/]+))?$/.exec(request.path) ?? [];
    if (eventId === undefined && request.path !== '/events') return null;
    const mode = this.#state.switches['persona.events'];
    if (mode !== 'offered') {
      const details = mode === '403' ? { details: 'The API key does not have the permission event.read' } : {};
      return failure(Number(mode), { title: REFUSALS[mode], ...details });
    }
    if (eventId === undefined) return this.#list(request);
    const row = this.#rows(null, request).find(({ id }) => id === eventId);
    return row === undefined ? notFound() : { status: 200, body: { data: shownEvent(row) } };
  }

  #list(request: PersonaRequest): Reply {
    const names = filterOf(request, 'name');
    const objects = filterOf(request, 'object-id');
    const ids = filterOf(request, 'id');
    const given = [names, objects, ids].filter((filter) => filter !== null).length;
    if (given > 1 && this.#state.switches['persona.eventFilters'] === 'single') {
      return failure(400, { title: 'Bad Request', details: 'filter must have only one key' });
    }
    const rows = this.#rows(objects, request).filter(
      ({ name, id }) => (names === null || names.includes(name)) && (ids === null || ids.includes(id)),
    );
    return pageOf(rows, request, this.#state, '/events', shownEvent);
  }

  /** What has happened from this time on until now, the oldest first. */
  since(from: number, request: PersonaRequest): ResourceObject[] {
    const rows = this.#rows(null, request).filter(({ at }) => at >= from);
    return rows.toReversed().map(shownEvent);
  }

  #rows(objects: readonly string[] | null, request: PersonaRequest): EventRow[] {
    const listedUntil = request.now - this.#state.switches['persona.eventDelayMs'];
    return this.#families
      .flatMap((family) => family.happenings(objects, request))
      .filter(({ at }) => at <= listedUntil)
      .map((happening) => ({ ...happening, id: idOf(happening) }))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  }
}

function idOf({ name, at, objectId }: Happening): string {
  return `evt_${sha256(`${name} ${objectId} ${at}`).slice(0, 24)}`;
}

function shownEvent({ id, name, at, object }: EventRow): ResourceObject {
  return {
    type: 'event',
    id,
    attributes: { name, payload: { data: object() }, 'created-at': iso(at) },
    relationships: {},
  };
}
