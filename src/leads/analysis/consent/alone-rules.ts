import { isAsked, isImperativeStart } from './asked.js';
import type { Rule } from './findings.js';

/** Revocations in English that ask to be left alone, or withdraw consent. */

const leavesAlone: Rule = {
  pattern:
    / (?:leave (?:me|us) (?:the (?:hell|fuck) )?(?:alone|be|tf alone)|(?:fuck|piss|bug|buzz|back|bugger|sod) off|get lost|lose this number|kick rocks|take a hike|f off|eff off|screw off)(?= )/g,
  judge: (place) => {
    if (/ leave/.test(place.phrase) && / (?:you|yall)$/.test(place.before)) return 'opt_out';
    if (!isAsked(place)) return null;
    if (/^ (?:with the|for (?:a|the)|until|till|while|at)\b/.test(place.after)) return null;
    return / (?:back|get|take|kick|buzz|bug) /.test(place.phrase) &&
      !isImperativeStart(place.before)
      ? null
      : 'opt_out';
  },
};

const goesAway: Rule = {
  pattern:
    / (?:go away|beat it|knock it off|cut it out|quit it|cease and desist|get out of my (?:phone|inbox|texts|messages|life))(?= )/g,
  judge: (place) => {
    if (/ cease and/.test(place.phrase)) return 'opt_out';
    if (!isImperativeStart(place.before)) return null;
    return / (?:knock|cut|beat|quit)/.test(place.phrase)
      ? /^ [.,!?]/.test(place.after)
        ? 'opt_out'
        : null
      : /^ (?:for|to|on|this|next|in)\b/.test(place.after)
        ? null
        : 'opt_out';
  },
};

const withdrawsConsent: Rule = {
  pattern:
    / (?:(?:revoke|withdraw|remove|revoking|withdrawing|rescind|rescinding|cancel|take back|retract)(?: (?:my|all|any|the|our|prior|express))* (?:consent|permission|authorization)|(?:dont|never|didnt|no longer|not) (?:give |have |gave |given )?(?:you |any )?(?:(?:my|any|our) )?(?:consent|permission)(?: (?:to|for))?|(?:not|never) authorized? (?:you|this|these)|(?:consider this|this is) (?:my|a|an|our|the)(?: \w+){0,3} (?:opt out|revocation|cease|withdrawal)|without my (?:consent|permission))(?= )/g,
  judge: ({ phrase, before, after }) => {
    if (/ without/.test(phrase)) return 'hold';
    if (/ (?:they|he|she|seller|bank|we)$/.test(before)) return null;
    if (/ (?:never|didnt) /.test(phrase)) return 'hold';
    if (/^(?: to)? (?:the|a|an|pull|share|sell|show|my credit|credit|run)\b/.test(after))
      return null;
    return 'opt_out';
  },
};

const listedNotToCall: Rule = {
  pattern:
    / (?:put|add|place)(?: (?:me|us|this number|my number|my phone|it))? (?:on|to|in)(?: (?:your|the|a|ur))? (?:dont|no|internal dont|dnc|opt out|remove)(?: (?:call|contact|text))?(?: list| registry)?(?= )/g,
  judge: (place) => (isAsked(place) ? 'opt_out' : null),
};

export const ALONE_RULES: readonly Rule[] = [
  leavesAlone,
  goesAway,
  withdrawsConsent,
  listedNotToCall,
];
