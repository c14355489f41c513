import { describe, expect, it } from '@jest/globals';
import { findRefusal } from './service-sentences.js';

const URL = 'http://127.0.0.1:3000';
const answered = (status: number, detail: string) =>
  ({ kind: 'answered', status, body: { detail }, durationMs: 1 }) as const;

describe('findRefusal', () => {
  it('finds none in a success', () => {
    expect(findRefusal(answered(200, ''), URL)).toBeUndefined();
  });

  it('says how to start a server that does not run', () => {
    const answer = { kind: 'unanswered', reason: 'ECONNREFUSED', durationMs: 1 } as const;
    expect(findRefusal(answer, URL)).toMatch(/does not answer.*ECONNREFUSED.*npm start.*--url/);
  });

  it('says where the right secrets are when the signature is refused', () => {
    const sentence = findRefusal(answered(403, 'Invalid webhook signature'), URL);
    expect(sentence).toMatch(/Invalid webhook signature.*DATA_DIR.*GHL_WEBHOOK_SECRET/);
  });

  it('passes on what the server says of everything else', () => {
    expect(findRefusal(answered(413, 'too large'), URL)).toMatch(/413: too large/);
    expect(findRefusal(answered(503, 'draining'), URL)).toMatch(/try again/);
  });
});
