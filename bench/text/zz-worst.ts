import { decide } from '../../src/intake/decide/decide.js';
import { UNKNOWN_LEAD } from '../../src/intake/decide/decision.js';
import { sampleDecidingSettings } from '../../src/intake/testing/sample-settings.js';
import { gateFor, sampleRollout } from '../../src/growth/testing/gate-for.js';
import { normaliseDelivery } from '../../src/webhook/normalise/normalise-delivery.js';
const N = 250_000;
const rep = (s: string): string => s.repeat(Math.ceil(N / s.length)).slice(0, N);
const texts: Record<string, string> = {
  newlines: rep('\n'), fdfa: rep('\uFDFA'), lt: rep('<'), p: rep('<p>'), blockquote: rep('<blockquote>'), div: rep('<div class="gmail_quote">'), amp: rep('&amp;'), ampamp: rep('&amp;amp;'), gt: rep('> '), gtnl: rep('>\n'), on: rep('On Mon, Nov 3 x\n'), wrote: rep('wrote:\n'), digits: rep('1'), digitsp: rep('1 '), dollar: rep('$'), dollar1: rep('$450k '), stop: rep('stop '), dont: rep('dont text '), you: rep('are you a '), quote: rep('“'), liked: rep('Liked “'), a: rep('a'), asp: rep('a '), spaces: rep(' '), no: rep('no '), and: rep('and '), dot: rep('.'), may: rep('may '), date: rep('1/1 '), plano: rep('Plano '), allen: rep('this is allen '), from: rep('From: x\n'), dash: rep('-- \n'), under: rep('under 5 and '), q: rep('?'), re: rep('w/o '), initials: rep('a.s.a.p.'), low: rep('low to mid '), under_: rep('_'), url: rep('http://a '), at: rep('a@b.c '), emoji: rep('👍'), zwj: rep('\u200b'), no_more: rep('no more '), want: rep('dont want '), tired: rep('tired of '), es: rep('ya no me '), comb: 'a' + '\u0301'.repeat(N), regards: rep('Regards,\n'), el: rep('El lun escribió:\n'), style: rep('<style>'), fwd: rep('---------- Forwarded message ---------\n'), entity: rep('&#65;'), bang: rep('stop! '), paren: rep('('),
};
const settings = sampleDecidingSettings({ replyMode: 'all' });
const gate = gateFor([]);
const worst: [string, number][] = [];
for (const html of [false, true]) for (const [name, text] of Object.entries(texts)) {
  const body = JSON.stringify(html ? { type: 'InboundMessage', locationId: 'l', contactId: 'c', messageType: 'Email', direction: 'inbound', body: text } : { type: 'message.received', location_id: 'l', contact_id: 'c', message: text });
  const t0 = performance.now();
  const parsed: unknown = JSON.parse(body);
  const n = normaliseDelivery({ rawBody: Buffer.from(body), parsed, receivedAt: new Date(), scheme: 'hmac', ttlSeconds: 1 });
  const t1 = performance.now();
  if (n.ok && n.delivery.event.kind === 'lead') decide({ event: n.delivery.event, situation: UNKNOWN_LEAD, settings, rollout: sampleRollout(), at: new Date() }, gate);
  const t2 = performance.now();
  worst.push([`${html ? 'mail ' : ''}${name} norm ${(t1 - t0).toFixed(0)} decide ${(t2 - t1).toFixed(0)}`, t2 - t0]);
}
worst.sort((a, b) => b[1] - a[1]);
console.log(worst.slice(0, 25).map(([n, ms]) => `${ms.toFixed(0)} ms ${n}`).join('\n'));
