import { asRecord, asText, type LooseRecord } from '#product/shared/loose-json.js';
import { distinctTags } from './contact-routes.js';
import { newSandboxContact, type SandboxContact } from './sandbox-documents.js';
import { readFault, type SandboxFaults } from './sandbox-faults.js';
import { refusal, type SandboxReply } from './sandbox-reply.js';
import type { SandboxState } from './sandbox-state.js';

export const CONTROL_PREFIX = '/_sandbox/';
const DEFAULT_CALLS = 1_000;

/** What only a sandbox has: looking inside, arranging things, and breaking them. */
export class SandboxControl {
  constructor(
    private readonly state: SandboxState,
    private readonly faults: SandboxFaults,
    /** Closes the port for a while, so that connections are really refused. */
    private readonly beginOutage: (durationMs: number) => void,
  ) {}

  answer(method: string, url: URL, json: unknown): SandboxReply {
    const [what, id] = url.pathname.slice(CONTROL_PREFIX.length).split('/');
    const body = asRecord(json);
    switch (`${method} ${what}`) {
      case 'GET contacts':
        return this.showContact(decodeURIComponent(id ?? ''));
      case 'PUT contacts':
        return this.putContact(decodeURIComponent(id ?? ''), body);
      case 'GET calls':
        return this.showCalls(url.searchParams);
      case 'POST faults':
        return this.addFault(body);
      case 'DELETE faults':
        return this.clearFaults();
      case 'POST outage':
        return this.startOutage(body);
      case 'POST reset':
        return this.reset();
      default:
        return refusal(404, `Cannot ${method} ${url.pathname}`);
    }
  }

  /** Everything held of a contact, its custom fields by key. */
  private showContact(id: string): SandboxReply {
    const contact = this.state.contact(id);
    if (contact === undefined) return refusal(404, 'Contact not found');
    const { profile, customFields, ...rest } = contact;
    const fields = Object.entries(customFields).map(([fieldId, value]) => {
      const key = this.state.field(fieldId)?.fieldKey ?? fieldId;
      return [key.replace(/^contact\./, ''), value];
    });
    return { status: 200, body: { ...profile, ...rest, fields: Object.fromEntries(fields) } };
  }

  private putContact(id: string, body: LooseRecord): SandboxReply {
    if (id === '') return refusal(422, ['a contact id is needed']);
    const contact = arrangedContact(id, body, this.state);
    this.state.commit([{ in: 'contact', doc: contact }]);
    return this.showContact(id);
  }

  private showCalls(query: URLSearchParams): SandboxReply {
    const asked = Number(query.get('limit') ?? DEFAULT_CALLS);
    const limit = Number.isInteger(asked) && asked > 0 ? asked : DEFAULT_CALLS;
    return { status: 200, body: { calls: this.state.callsOf(query.get('contactId'), limit) } };
  }

  private addFault(body: LooseRecord): SandboxReply {
    const fault = readFault(body);
    if (fault === undefined) return refusal(422, ['not a fault that the sandbox knows']);
    this.faults.add(fault);
    return { status: 201, body: { fault } };
  }

  private clearFaults(): SandboxReply {
    this.faults.clear();
    return { status: 200, body: { cleared: true } };
  }

  private startOutage(body: LooseRecord): SandboxReply {
    const { durationMs } = body;
    if (typeof durationMs !== 'number' || durationMs <= 0) {
      return refusal(422, ['durationMs must be a positive number']);
    }
    this.beginOutage(durationMs);
    return { status: 202, body: { durationMs }, headers: { Connection: 'close' } };
  }

  private reset(): SandboxReply {
    this.state.reset();
    this.faults.clear();
    return { status: 200, body: { reset: true } };
  }
}

/** What is not a property of the sandbox's own goes to the profile, as it comes. */
function arrangedContact(id: string, body: LooseRecord, state: SandboxState): SandboxContact {
  const { locationId, dnd, dndSettings, tags, ...profile } = body;
  const known = state.contact(id) ?? newSandboxContact(id, null, state.now());
  return {
    ...known,
    locationId: asText(locationId) ?? known.locationId,
    profile: { ...known.profile, ...profile },
    dnd: typeof dnd === 'boolean' ? dnd : known.dnd,
    dndSettings: { ...known.dndSettings, ...asRecord(dndSettings) },
    tags: Array.isArray(tags) ? distinctTags(tags) : known.tags,
  };
}
