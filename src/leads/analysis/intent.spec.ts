import { describe, expect, it } from '@jest/globals';
import { asksQuestion, classifyIntent } from './intent.js';

describe('classifyIntent', () => {
  it.each(['ok', 'Thanks!', 'Thank you so much 🙏', '👍🏽', 'Sounds good, thanks', 'Gracias', 'K'])(
    'takes %p for an acknowledgement',
    (text) => {
      expect(classifyIntent(text)).toBe('acknowledgement');
    },
  );

  it.each(['', 'so much', 'ok, Frisco then', 'Thanks, up to 450', 'ok?', 'Yes', '🏡', '$450k'])(
    'takes %p for more than that',
    (text) => {
      expect(classifyIntent(text)).toBe('buyer');
    },
  );
});

describe('asksQuestion', () => {
  it.each([
    'Is parking included?',
    'Looking in Plano. When can we see it',
    'how many beds',
    '¿Cuánto cuesta',
    'Thanks! do you have anything in Allen',
  ])('hears a question in %p', (text) => {
    expect(asksQuestion(text)).toBe(true);
  });

  it.each(['', 'Pre-approved for $450k', 'See https://example.com/?id=1', 'I know who you are'])(
    'hears none in %p',
    (text) => {
      expect(asksQuestion(text)).toBe(false);
    },
  );
});
