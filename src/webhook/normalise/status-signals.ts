import { STATUS_FIELDS, type StatusSignal } from '../../leads/crm-event.js';
import { objectAt, type Payload } from './payload.js';
import { readLabel } from './text.js';

/** Every status the payload carries, the most authoritative first; `rootSubject` says what its top level describes. */
export function readStatusSignals(
  payload: Payload,
  rootSubject: 'contact' | 'opportunity',
): readonly StatusSignal[] {
  const holders: readonly [Payload, 'contact' | 'opportunity'][] = [
    [payload, rootSubject],
    [objectAt(payload, 'contact'), 'contact'],
    [objectAt(payload, 'opportunity'), 'opportunity'],
    [objectAt(payload, 'customData'), rootSubject],
  ];
  return STATUS_FIELDS.flatMap((field) =>
    holders.flatMap(([holder, subject]) => {
      const value = readLabel(holder[field]);
      if (value === undefined) return [];
      return [{ field, value, subject: field.startsWith('opportunity') ? 'opportunity' : subject }];
    }),
  );
}
