import { describe, expect, it } from '@jest/globals';
import { toPlainText } from './plain-text.js';

describe('toPlainText', () => {
  it.each([
    ['plain text stays', 'plain text stays'],
    ['<p>one</p><p>two</p>', '\none\n\ntwo\n'],
    ['4<b>5</b>0k', '450k'],
    ['<style>p { max: 400k }</style>hi', 'hi'],
    ['<style>never closed 400k', ''],
    ['<!-- 400k -->hi', 'hi'],
    ['price < 400k and > 300k', 'price < 400k and > 300k'],
    ['<400k', '<400k'],
    ['<unknown>400k', '<unknown>400k'],
    ['cut <b', 'cut <b'],
    ['&lt;400k &amp; &#36;5 &#x24;6 &nosuch; &#x110000;', '<400k & $5 $6 &nosuch; &#x110000;'],
    ['“it’s”', "“it's”"],
  ])('of %j is %j', (text, expected) => {
    expect(toPlainText(text)).toBe(expected);
  });

  it.each([
    ['yes\n\nOn Mon, Jan 5, 2026 at 9:00 AM Team <t@example.com> wrote:\n> STOP'],
    ['yes\n\nOn Mon, Jan 5, 2026 at 9:00 AM Team\n<t@example.com> wrote:\n> STOP'],
    ['yes\n-----Original Message-----\nSTOP'],
    ['yes\nSent from my iPhone'],
    ['yes<blockquote>STOP</blockquote>'],
    ['yes<div class="gmail_quote">STOP</div>'],
  ])('keeps the own words of %j', (text) => {
    expect(toPlainText(text).trim()).toBe('yes');
  });

  it.each(['On Monday we wrote: 400k', '<blockquote>400k</blockquote>'])(
    'keeps %j, which is nothing but a quotation',
    (text) => {
      expect(toPlainText(text)).toContain('400k');
    },
  );
});
