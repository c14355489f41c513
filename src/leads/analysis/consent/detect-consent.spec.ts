import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConsent, type Consent } from './detect-consent.js';

const detectConsent = (text: string): Consent | null => readConsent(text)?.verdict ?? null;

const REVOCATIONS = [
  'STOP',
  'stop',
  'Stop.',
  'STOP!!!',
  ' stop please',
  'Please stop',
  'STOPALL',
  'Stop all',
  'UNSUBSCRIBE',
  'unsubscribe me',
  'please unsubscribe me from this',
  'Cancel',
  'END',
  'quit',
  'REVOKE',
  'opt out',
  'OPT-OUT',
  'opt me out',
  "I'd like to opt out",
  'opt out of these texts',
  'S T O P',
  'STOP STOP',
  'stop texting me',
  'Stop contacting me please',
  'quit messaging me',
  "please don't text me",
  'please do not text me anymore',
  "don't contact me",
  'do not contact me again',
  'Do not contact',
  'never text me again',
  'take me off your list',
  'Take my number off this list',
  'remove me',
  'remove me from your list',
  'please remove my number',
  'delete my number',
  'leave me alone',
  "I don't want to be contacted",
  "I don't want any more texts",
  'I no longer wish to receive messages',
  "I don't want to hear from you",
  'no more texts please',
  'lose my number',
  'can you please stop',
  'I said stop',
  'stop it',
  'stop sending me messages',
  'stop sending me this stuff',
  "don't send me any more texts",
  'I revoke my consent',
  'I do not consent to texts',
  'stop these messages',
  'stop all texts',
  'cease all communication',
  "Stop, I'm not interested",
  'Not interested. Stop.',
  "don't text me, call me instead",
  'Do not call or text me',
  'stop calling me',
  'asked you not to contact me',
  'Don’t text me',
  'STOP\n\nSent from my iPhone',
  '𝗦𝗧𝗢𝗣',
  'stop 🛑',
  'Please quit texting',
  "I don't want you to text me",
  'could you not text me',
  'do not text this number',
  'do not email me',
  'no longer interested, please remove me from your contacts',
  'kindly remove me',
  'Stop spamming me',
  'STOP MESSAGING ME!!!',
  'unsub',
  'stop contacting',
  "don't bother me again",
  'please stop contacting my phone',
  'i want to unsubscribe',
  'I want out, stop',
  'wrong number stop',
  'please take me off',
  'do not message',
  "don't ever contact me again",
  'please cease contact',
  'I want to opt-out',
  'Opt out please',
  "please don't contact me anymore, thanks",
  'Hi, please stop texting. Thanks',
  'please stop bothering us',
  'no texts please',
  'I wish to be removed from your list',
  'please remove',
  'get me off this list',
  "don't message me anymore I already bought a house",
  "I didn't ask for this. Stop texting me.",
  'you need to stop texting me',
];

const NO_REVOCATIONS = [
  "I can't stop thinking about that house",
  "don't stop sending listings",
  "I'd like to cancel my lease and buy",
  'by the end of the month',
  'stop by the house tomorrow',
  'can I stop by?',
  'one-stop shop',
  'bus stop nearby?',
  'end of the year',
  'weekend works',
  'I quit my job to move to Dallas',
  "call me, don't text my wife",
  "don't call, just text",
  "Don't call me, text me instead",
  "don't text me before 9am",
  "please don't call me at work",
  "don't contact my current agent",
  'do not call my husband',
  "don't hesitate to text me",
  "why don't you text me",
  'why not call me',
  "don't forget to call me",
  "they don't call me back",
  'you never called me',
  'you did not text me back',
  'never stop sending houses',
  'stop sending me houses in Dallas',
  "Don't send me listings over 500k",
  "don't send me condos",
  'the sellers want to quit claim',
  'can I cancel my appointment for tomorrow?',
  'we had to stop looking last year',
  "I don't want to text you my ssn",
  "I don't want to call the bank",
  'how do I get off the highway to the house',
  'remove the HOA question',
  'can you remove the fence?',
  'leave the key',
  "I don't like to text",
  "we don't want to miss out",
  'I want to stop renting',
  'stop sign on the corner',
  'will you stop the car',
  'Could you stop and look at it',
  "it's the end",
  'the dead end street',
  "I don't want to be contacted before 9",
  "don't contact me until Monday",
  'I do not want a condo',
  'no more condos please',
  'not interested in Dallas',
  'no thanks',
  "don't email the listing, text it",
  'my lease has an opt out clause',
  'can we opt out of the HOA?',
  'delete the last one from the list, liked the others',
  'take the second house off the list',
  'We never got a message',
  "don't text while driving lol",
  "we can't stop talking about the Frisco house",
  'when does the listing end',
  'to end the lease early',
  'non stop flights',
  "I'd like to quit paying rent",
];

describe('detectConsent', () => {
  it.each(REVOCATIONS)('takes %j as an opt-out', (text) => {
    expect(detectConsent(text)).toBe('opt_out');
  });

  it.each(NO_REVOCATIONS)('does not silence %j', (text) => {
    expect(detectConsent(text)).toBeNull();
  });

  it.each(['START', 'unstop', 'Yes', 'YES!', 'Yes please', 'start please', 'opt in', 'Opt-in.'])(
    'takes %j as an opt-in',
    (text) => {
      expect(detectConsent(text)).toBe('opt_in');
    },
  );

  it.each(['', 'yes I want to buy', 'start looking in Plano', 'when can we start?', '???'])(
    'finds no word about consent in %j',
    (text) => {
      expect(detectConsent(text)).toBeNull();
    },
  );

  it('prefers the opt-out where both are said', () => {
    expect(detectConsent('Yes. Stop texting me')).toBe('opt_out');
  });

  it("does not read our own footer in a quoted e-mail as the lead's wish", () => {
    const text =
      'Plano sounds great!\n\nOn Mon, Jan 5, 2026 Team wrote:\n> Reply STOP to opt out. Unsubscribe';
    expect(detectConsent(text)).toBeNull();
  });

  it('finds a keyword however it is dressed', () => {
    const dress = fc.tuple(
      fc.constantFrom('', ' ', '\n', '"', '*', '**', '- '),
      fc.constantFrom(
        'stop',
        'STOPALL',
        'Unsubscribe',
        'cancel',
        'End',
        'QUIT',
        'revoke',
        'Opt Out',
        'opt-out',
      ),
      fc.constantFrom('', '.', '!!!', ' please', ', thanks', ' \u{1F6D1}', '\n\n'),
    );
    fc.assert(
      fc.property(dress, (parts) => {
        expect(detectConsent(parts.join(''))).toBe('opt_out');
      }),
    );
  });
});
