import type { Clock } from '../../shared/clock.js';
import type { CrmTelemetry } from '../crm-connection.js';
import type { CrmResult, CustomFieldValue } from '../crm.port.js';
import type { GhlRequest } from './ghl-request.js';
import { failed, type GhlTransport, succeeded } from './ghl-transport.js';
import { asList, asRecord, asText } from '../../shared/loose-json.js';

/** Fields are renamed or deleted by people, rarely; a write that fails forgets them at once. */
const TTL_MS = 10 * 60_000;
const MAX_LOCATIONS = 1_000;
const MODEL_PREFIX = 'contact.';

/** Ids of a location's contact fields by key, without the prefix. */
type FieldIds = ReadonlyMap<string, string>;

export interface FieldWrite {
  readonly id: string;
  readonly field_value: string | number;
}

/** Finds the ids that the API wants for the keys that we know; creates what a location lacks. */
export class GhlCustomFields {
  private readonly known = new Map<string, { readonly ids: FieldIds; readonly until: number }>();
  /** Work under way, so that concurrent callers share it. */
  private readonly readings = new Map<string, Promise<CrmResult<FieldIds>>>();
  private readonly creations = new Map<string, Promise<CrmResult<string>>>();

  constructor(
    private readonly transport: GhlTransport,
    private readonly telemetry: CrmTelemetry,
    private readonly clock: Clock,
  ) {}

  async resolve(
    locationId: string,
    fields: Readonly<Record<string, CustomFieldValue>>,
  ): Promise<CrmResult<readonly FieldWrite[]>> {
    const ids = await this.findIds(locationId);
    if (!ids.ok) return ids;
    const writes: FieldWrite[] = [];
    for (const [key, value] of Object.entries(fields)) {
      const known = ids.value.get(key);
      const id = known === undefined ? await this.create(locationId, key, value) : succeeded(known);
      if (!id.ok) return id;
      writes.push({ id: id.value, field_value: writable(value) });
    }
    return succeeded(writes);
  }

  forget(locationId: string): void {
    this.known.delete(locationId);
  }

  private findIds(locationId: string): Promise<CrmResult<FieldIds>> {
    const entry = this.known.get(locationId);
    const hit = entry !== undefined && entry.until > this.clock.now().getTime();
    this.telemetry.fieldCacheRead(hit);
    if (hit) return Promise.resolve(succeeded(entry.ids));
    return shared(this.readings, locationId, () => this.read(locationId));
  }

  private async read(locationId: string): Promise<CrmResult<FieldIds>> {
    const listed = await this.transport.send(locationId, {
      operation: 'listCustomFields',
      method: 'GET',
      path: ['locations', locationId, 'customFields'],
      query: { model: 'contact' },
    });
    if (!listed.ok) return listed;
    const ids = readFieldIds(listed.value);
    this.remember(locationId, ids);
    return succeeded(ids);
  }

  private create(
    locationId: string,
    key: string,
    value: CustomFieldValue,
  ): Promise<CrmResult<string>> {
    const creation = JSON.stringify([locationId, key]);
    return shared(this.creations, creation, () => this.createOnce(locationId, key, value));
  }

  private async createOnce(
    locationId: string,
    key: string,
    value: CustomFieldValue,
  ): Promise<CrmResult<string>> {
    const created = await this.transport.send(locationId, creationOf(locationId, key, value));
    if (!created.ok && created.failure.kind !== 'rejected') return created;
    const id = created.ok ? readCreatedId(created.value) : undefined;
    if (id !== undefined) {
      const ids = this.known.get(locationId)?.ids ?? new Map<string, string>();
      this.remember(locationId, new Map([...ids, [key, id]]));
      return succeeded(id);
    }
    // Refused, most likely because another replica was faster: then it is listed by now.
    const listed = await this.read(locationId);
    if (!listed.ok) return listed;
    const found = listed.value.get(key);
    if (found !== undefined) return succeeded(found);
    return created.ok
      ? failed({ kind: 'unknown_outcome', message: 'The CRM created a field without an id' })
      : created;
  }

  private remember(locationId: string, ids: FieldIds): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= MAX_LOCATIONS && oldest !== undefined) this.known.delete(oldest);
    this.known.delete(locationId);
    this.known.set(locationId, { ids, until: this.clock.now().getTime() + TTL_MS });
  }
}

/** The name is the key itself, since the CRM derives the field's key from its name. */
function creationOf(locationId: string, key: string, value: CustomFieldValue): GhlRequest {
  return {
    operation: 'createCustomField',
    method: 'POST',
    path: ['locations', locationId, 'customFields'],
    body: {
      name: key,
      dataType: typeof value === 'number' ? 'NUMERICAL' : 'TEXT',
      model: 'contact',
    },
  };
}

function readFieldIds(body: unknown): FieldIds {
  const ids = new Map<string, string>();
  for (const item of asList(asRecord(body).customFields)) {
    const field = asRecord(item);
    const id = asText(field.id);
    const key = asText(field.fieldKey) ?? asText(field.name);
    if (id === undefined || key === undefined) continue;
    ids.set(key.startsWith(MODEL_PREFIX) ? key.slice(MODEL_PREFIX.length) : key, id);
  }
  return ids;
}

function readCreatedId(body: unknown): string | undefined {
  const reply = asRecord(body);
  return asText(asRecord(reply.customField).id) ?? asText(reply.id);
}

/** The API knows strings and numbers; a yes or no is a text field. */
function writable(value: CustomFieldValue): string | number {
  return typeof value === 'boolean' ? String(value) : value;
}

/** One promise for all who ask for the same thing while it is under way. */
function shared<T>(
  running: Map<string, Promise<T>>,
  key: string,
  start: () => Promise<T>,
): Promise<T> {
  const joined = running.get(key);
  if (joined !== undefined) return joined;
  const started = start().finally(() => running.delete(key));
  running.set(key, started);
  return started;
}

/** Whether a second reading of the location's fields found the same ones. */
export function sameIds(left: readonly FieldWrite[], right: readonly FieldWrite[]): boolean {
  return left.length === right.length && left.every((write, at) => write.id === right[at]?.id);
}
