import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText } from './html-text.js';

describe('htmlToText', () => {
  it.each([
    ['plain text', 'plain text'],
    ['<div style="x">Testing <b>Email</b></div>', 'Testing Email'],
    ['one<br>two<BR/>three', 'one\ntwo\nthree'],
    ['<p>one</p>\n\n<p> two </p>', 'one\ntwo'],
    ['<td>a</td><td>b</td>', 'a\nb'],
    ['a<style>b { color: red }</style>c', 'ac'],
    ['a<SCRIPT>if (1 < 2) alert("b")</Script >c', 'ac'],
    ['<head><title>t</title></head>a', 'a'],
    ['a<!-- <p>b</p> -->c', 'ac'],
    ['<!DOCTYPE html><html>a</html>', 'a'],
    ['budget < 500k and > 300k', 'budget < 500k and > 300k'],
    ['I <3 it', 'I <3 it'],
    ['a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;d&#x27;', 'a <b> &amp; "c" \'d\''],
    ['a&nbsp;&nbsp; b', 'a b'],
    ['&unknown; &constructor; & ;', '&unknown; &constructor; & ;'],
    ['&#0;&#xD800;&#9999999;', '\uFFFD\uFFFD\uFFFD'],
    ['&#128512;', '😀'],
    ['İstanbul<style>x</style>!', 'İstanbul!'],
    ['never closed <a href="', 'never closed'],
    ['a<style>b', 'a'],
    ['', ''],
  ])('%j reads %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each(['<', '<a', '<!--', '<style>', '</style', '&', '&#', ' \n', '<p'])(
    'is quick with 250,000 characters of %j',
    (part) => {
      const before = process.cpuUsage();
      htmlToText(part.repeat(250_000 / part.length));
      // Of the processor, which a busy machine does not lengthen; quadratic work takes far more.
      expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
    },
  );

  it('never throws and never grows', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '!--',
      '-->',
      'style',
      'p',
      ' ',
      '\n',
      '&',
      'amp;',
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const html = parts.join('');
        return htmlToText(html).length <= html.length;
      }),
    );
  });
});
