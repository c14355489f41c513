import { asRecord, asText } from '../../shared/loose-json.js';
import type { ServiceAnswer } from './growthgate-client.js';

/** Why an answer is no success, for whoever typed the command; undefined when it is one. */
export function findRefusal(answer: ServiceAnswer, url: string): string | undefined {
  if (answer.kind === 'unanswered') {
    return (
      `GrowthGate does not answer at ${url} (${answer.reason}): ` +
      'start it with `npm start`, or name its address with --url.'
    );
  }
  if (answer.status < 400) return undefined;
  const detail = asText(asRecord(answer.body)['detail']) ?? 'no reason given';
  switch (answer.status) {
    case 401:
    case 403:
      return `The server at ${url} refused (${answer.status}: ${detail}): ${CREDENTIALS_MEND}`;
    case 503:
      return `The server at ${url} cannot take leads now (503: ${detail}): try again in a moment.`;
    default:
      return `The server at ${url} answered ${answer.status}: ${detail}`;
  }
}

const CREDENTIALS_MEND =
  'it runs with other secrets than this command found. Give the command the DATA_DIR of the server, ' +
  'or the same GHL_WEBHOOK_SECRET and ADMIN_API_KEY.';
