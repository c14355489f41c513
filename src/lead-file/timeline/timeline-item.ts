import { readStoredEvent } from '../../webhook/deliveries/stored-delivery.js';
import type { TimelineItemDto } from './timeline.dto.js';
import type { ConsentKind } from '../../consent/consent-register.js';
import type {
  ConsentDetails,
  DecisionDetails,
  DeliveryDetails,
  EffectDetails,
  HandoffDetails,
  TimelineRow,
} from './timeline-row.js';

type Told = Omit<TimelineItemDto, 'at'>;

/** A row in the words of an operator. */
export function timelineItem(row: TimelineRow): TimelineItemDto {
  return { at: row.at.toISOString(), ...told(row) };
}

function told(row: TimelineRow): Told {
  switch (row.source) {
    case 'delivery':
      return deliveryTold(row.details);
    case 'turn':
      return turnTold(row.details);
    case 'decision':
      return decisionTold(row.details);
    case 'handoff':
      return handoffTold(row.details);
    case 'effect':
      return effectTold(row.details);
    case 'consent':
      return consentTold(row.details);
  }
}

function deliveryTold(delivery: DeliveryDetails): Told {
  const event = readStoredEvent({ ...delivery, received_at: new Date(delivery.received_at) });
  const text = event?.kind === 'lead' ? event.text : '';
  const sentence = text === '' ? 'Lead came in without a message' : 'Lead wrote';
  if (delivery.state === 'failed') {
    const reason = delivery.error ?? 'fault';
    return {
      ...withText('message_in', text, `${sentence}; deciding failed, so nobody has answered`),
      reason,
    };
  }
  return withText('message_in', text, sentence);
}

function turnTold({ from, text }: { readonly from: string; readonly text: string }): Told {
  return from === 'human'
    ? withText('message_out', text, 'A person of the team wrote')
    : withText('message_in', text, 'Lead wrote');
}

function decisionTold(decision: DecisionDetails): Told {
  const told = outcomeTold(decision);
  const events = decision.read_again ?? [];
  if (events.length === 0) return told;
  const sentence = `Read again by a language model (${events.map(words).join(', ')}): ${uncapitalised(told.sentence)}`;
  return { ...told, sentence };
}

function outcomeTold({ reply, ...graded }: DecisionDetails): Told {
  const withheld = reply?.withheld ?? null;
  if (withheld !== null) {
    return { kind: 'decision', reason: withheld, sentence: `Reply withheld: ${words(withheld)}` };
  }
  const { lead_score, lead_temperature, priority } = graded;
  const grade = [
    lead_score === null ? [] : [`score ${lead_score}`],
    lead_temperature === null ? [] : [lead_temperature],
    priority === null ? [] : [`priority ${words(priority)}`],
  ].flat();
  const what = reply?.send === true ? 'Decided to reply' : 'Decided';
  return {
    kind: 'decision',
    sentence: grade.length === 0 ? what : `${what}: ${grade.join(', ')}`,
  };
}

const CONSENT_SENTENCES: Readonly<Record<ConsentKind, string>> = {
  refused: 'No more messages wanted',
  lifted: 'Messages wanted again',
  hold: 'May be a refusal: waits for a person to read it',
  hold_ended: 'Read by a person: no refusal',
  dnd_on: 'Do-not-disturb switched on in the CRM',
  dnd_off: 'Do-not-disturb switched off in the CRM',
  dnd_ours: 'Do-not-disturb set in the CRM by us',
};

function consentTold({ kind, said_by, words: said, channels }: ConsentDetails): Told {
  const where = channels.includes('*') ? 'every channel' : channels.join(', ');
  const sentence = `${CONSENT_SENTENCES[kind]} (${where}; by ${said_by})`;
  return { ...withText('consent', said ?? '', sentence), reason: kind };
}

const HANDOFF_SENTENCES: Readonly<Record<HandoffDetails['step'], string>> = {
  opened: 'Handed to a person',
  breached: 'Nobody had taken the handoff by its deadline',
  acknowledged: 'A person took the lead',
  resolved: 'Handoff resolved',
};

function handoffTold({ step, reason_code, by }: HandoffDetails): Told {
  const who = by === null ? '' : ` (${by})`;
  const why = step === 'opened' ? `: ${words(reason_code)}` : '';
  return {
    kind: 'handoff',
    state: step,
    reason: reason_code,
    sentence: `${HANDOFF_SENTENCES[step]}${who}${why}`,
  };
}

/** Names of what effects do; a kind of another room is told by its own name. */
const EFFECT_NAMES: ReadonlyMap<string, string> = new Map([
  ['send_message', 'Reply'],
  ['follow_up', 'Follow-up'],
  ['update_fields', 'Update of CRM fields'],
  ['add_tags', 'Tagging in the CRM'],
  ['remove_tags', 'Removal of CRM tags'],
  ['set_do_not_disturb', 'Do-not-disturb in the CRM'],
  ['lift_do_not_disturb', 'Lifting of do-not-disturb in the CRM'],
  ['leave_workflow', 'Removal from the CRM workflow'],
  ['add_note', 'CRM note'],
  ['create_task', 'CRM task'],
  ['assign_contact', 'Assignment in the CRM'],
  ['call_hook', 'Decision hook'],
  ['read_again', 'Second reading by a language model'],
  ['handoff_deadline', 'Deadline of the handoff'],
]);

const EFFECT_STATES: ReadonlyMap<string, string> = new Map([
  ['pending', 'planned'],
  ['sending', 'under way'],
  ['delivered', 'done'],
  ['dead', 'given up'],
  ['uncertain', 'uncertain, look in the CRM'],
  ['cancelled', 'cancelled'],
  ['suppressed', 'withheld'],
  ['no_credentials', 'waiting for a CRM token'],
]);

function effectTold({ kind, state, last_error, payload }: EffectDetails): Told {
  const text = typeof payload['text'] === 'string' ? payload['text'] : '';
  if (kind === 'send_message' && state === 'delivered') {
    return { ...withText('message_out', text, 'We wrote'), state };
  }
  const name = EFFECT_NAMES.get(kind) ?? capitalised(words(kind));
  const what = kind === 'follow_up' ? `${name} (${actionOf(payload)})` : name;
  const outcome = EFFECT_STATES.get(state) ?? words(state);
  const why = last_error === null || state === 'delivered' ? '' : `: ${words(last_error)}`;
  return {
    ...withText('effect', text, `${what} ${outcome}${why}`),
    state,
    ...(last_error === null ? {} : { reason: last_error }),
  };
}

function actionOf(payload: EffectDetails['payload']): string {
  const action = payload['action'];
  return typeof action === 'string' ? words(action) : 'unknown';
}

function withText(kind: Told['kind'], text: string, sentence: string): Told {
  return text === '' ? { kind, sentence } : { kind, text, sentence };
}

/** A code as words: `handoff_open` is "handoff open". */
function words(code: string): string {
  return code.replaceAll('_', ' ');
}

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
