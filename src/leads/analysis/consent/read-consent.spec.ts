import { describe, expect, it } from '@jest/globals';
import { readConsent } from './detect-consent.js';

describe('readConsent', () => {
  it.each([
    ['stop calling me', ['Call']],
    ['do not call or text', ['Call', 'SMS']],
    ['stop emailing', ['Email']],
    ['stop texting me', ['SMS']],
    ['no more texts or calls', ['SMS', 'Call']],
    ["don't text me, call me instead", ['SMS']],
    ['Stop calling me. Stop texting me.', ['Call', 'SMS']],
    ['stop messaging me', []],
    ['do not contact me', []],
    ['Do not call or message me', []],
    ['remove me from your list', []],
    ['stop calling me and take me off your list', []],
    ['not interested, stop', []],
    ['no me llamen', ['Call']],
    ['no me manden correos', ['Email']],
    ['no me escriban', []],
  ])('names the channels of %j', (text, channels) => {
    expect(readConsent(text)).toMatchObject({ verdict: 'opt_out', by: 'own_words', channels });
  });

  it.each([
    'STOP',
    'stop please',
    'S.T.O.P',
    'Unsubcribe',
    'BASTA',
    'no más',
    '“Stop”',
    'STOP\n\nSent from my iPhone',
  ])('takes %j for a keyword, of the channel it came by', (text) => {
    expect(readConsent(text)).toMatchObject({ verdict: 'opt_out', by: 'keyword', channels: [] });
  });

  it.each(['START', 'unstop', 'Unstop!', 'start please'])('lifts a refusal by %j', (text) => {
    expect(readConsent(text)).toMatchObject({ verdict: 'opt_in', by: 'keyword', optIn: 'start' });
  });

  it.each(['YES', 'Yes please', 'sí'])('may lift one by %j, where it was asked for', (text) => {
    expect(readConsent(text)).toMatchObject({ verdict: 'opt_in', by: 'keyword', optIn: 'yes' });
  });

  it('quotes the sentence that refuses, as written', () => {
    const text = 'We liked the house at 450k. But PLEASE stop texting me, ok? Thank you';
    expect(readConsent(text)?.words).toBe('But PLEASE stop texting me, ok?');
    expect(readConsent(` ${'x'.repeat(300)} remove me from your list`)?.words).toHaveLength(200);
  });

  it.each([
    'Liked “Hi Sam. Reply STOP to opt out.”',
    'Plano\n\nOn Mon, Nov 23, 2026 Team wrote:\n> Stop texting me',
    '> Unsubscribe\n\nPlano',
    '',
    ' \n ',
    '👍',
  ])('hears nothing in %j', (text) => {
    expect(readConsent(text)).toBeNull();
  });

  it.each(['stop', 'dont text me', 'not interested. remove.', 'please stop texting me!'])(
    'hears a refusal in %j',
    (text) => {
      expect(readConsent(text)?.verdict).toBe('opt_out');
    },
  );

  it.each([
    'stop ',
    'stop texting ',
    'dont ',
    'no me ',
    'remove me ',
    'i want to ',
    'please stop texting me. ',
    ', ',
    'told you to ',
    'reply stop to ',
    'my lawyer ',
    'x y z, ',
    'if you dont want ',
  ])('reads 256 KB of %j in linear time', (piece) => {
    const text = piece.repeat(Math.ceil((256 * 1024) / piece.length));
    const before = process.cpuUsage();
    readConsent(text);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
