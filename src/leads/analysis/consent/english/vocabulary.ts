import { aimOfVerb, type Aim } from '../aim.js';
import type { Place, Verdict } from '../findings.js';
import { oneOf } from '../one-of.js';
import { whoIsAsked } from '../who-is-asked.js';

/**
 * The words of revocations in English, as parts of patterns over the line of plain words: each part
 * stands behind a blank that the pattern writes.
 */

export const VERB = oneOf(
  'text, message, contact, call, email, mail, sms, dm, whatsapp, phone, ring, write(?: to)?, bother, spam, harass, ' +
    'bug, pester, disturb, solicit, ping, annoy, reach out(?: to)?, reach, follow up(?: with)?, hit(?: me| us)? up, hit, ' +
    'blow(?: me)? up, blow, market to, talk to, speak to, approach, (?:respond|reply) to(?= me)',
);
export const DOING = oneOf(
  'texting, messaging, contacting, calling, emailing, mailing, smsing, dming, whatsapping, phoning, ringing, ' +
    'writing(?: to)?, bothering, spamming, harassing, bugging, pestering, disturbing, soliciting, pinging, annoying, ' +
    'reaching out(?: to)?, following up(?: with)?, hitting(?: me| us)? up, blowing(?: me)? up, blowing, blasting, ' +
    'flooding, filling up, marketing to, cold calling, stalking, hounding, bombarding, hassling, asking',
);
export const DONE = oneOf(
  'contacted, texted, messaged, called, emailed, mailed, bothered, spammed, harassed, disturbed, solicited, reached, ' +
    'pestered, marketed to, hounded, annoyed',
);
const NOUN = oneOf(
  'text messages?, texts?, messages?, sms, emails?, phone calls?, calls?, robocalls?, spam, communications?, contact, ' +
    'notifications, alerts, follow ups?, solicitations?, correspondence, harassment',
);
const DOING_NOUN = oneOf('texting, messaging, calling, emailing, soliciting, contacting');
export const DETERMINERS = `(?: ${oneOf(
  'the, these, those, all, all of, any, anymore, your, this, that, of, with, further, more, other, such, future, automated, ' +
    'constant, random, unwanted, stupid, annoying, marketing, promotional, real estate, daily, so many, fucking, damn, ' +
    'additional, every, sms, text, phone, kind of, type of',
)})*`;
export const SENT = oneOf(
  'text messages?, texts?, messages?, sms, emails?, mails?, spam, anything, any thing, stuff, these things, these, this, ' +
    'them, it, listings, crap, shit, junk, bs, info, information, updates, notifications, alerts, offers, nothing, ' +
    'communications?, another (?:text|message|email|one), one more (?:text|message), a text, a message, no more, no texts',
);

const joined = (noun: string): string =>
  `${noun}(?:(?: ,)? (?:or|and|nor)(?: any)?(?: more)? ${noun})*`;
export const NOUNS = joined(NOUN);
export const NOUNS_OF_ANY_KIND = joined(oneOf(`${NOUN}, ${DOING_NOUN}`));
const ADDED = '(?:(?: ,)? (?:or|and|nor|and or)(?: to)?';
export const VERBS = `${VERB}(?: (?:me|us))?${ADDED} ${VERB})*`;
export const DOINGS = `${DOING}(?: (?:me|us))?(?:(?: ,)?(?: (?:or|and|nor|and or))? ${DOING})*`;
export const YOU = oneOf('you, yall, you guys, you people, you all');

const ofAim: Readonly<Record<Aim, Verdict>> = {
  lead: 'opt_out',
  doubt: 'hold',
  limited: null,
  other: null,
};
export const verdictOf = (aim: Aim): Verdict => ofAim[aim];

/** A refused verb with its object: the lead, which may stand inside the phrase ("hitting me up"). */
export function ofVerb({ phrase, after }: Place): Verdict {
  const object = / (?:me|us)(?= |$)/.exec(phrase)?.[0] ?? '';
  return verdictOf(aimOfVerb(`${object}${after}`, / call(?:ing)?(?: me)?$/.test(phrase)));
}

/** Whether a wish is said to us; the writer's own doing counts where it is what is wished. */
export function isSaidToUs({ before }: Place, selfCounts = false): boolean {
  const asked = whoIsAsked(before);
  return asked === 'us' || (asked === 'self' && selfCounts);
}
