/**
 * JSON that a workflow's template broke: a lead's line break or quotation mark pasted raw between the
 * marks of a value. Mends these and nothing else, in time in proportion to the text; whether the result is
 * JSON is up to the parser.
 */
export function repairJson(text: string): string {
  const place = new Place();
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    place.pass(sign);
    if (sign !== '"') continue;
    const end = endOfString(text, at + 1, place.isKey ? isEndOfKey : isEndOfValue);
    parts.push(text.slice(from, at + 1), escaped(text.slice(at + 1, end)));
    from = end;
    at = end;
  }
  return parts.join('') + text.slice(from);
}

/** Whether the next string is the name of a field. */
class Place {
  private readonly open: string[] = [];
  isKey = false;

  pass(sign: string): void {
    if (OPENING.has(sign)) this.open.push(sign);
    if (CLOSING.has(sign)) this.open.pop();
    if (sign === ':') this.isKey = false;
    if (OPENING.has(sign) || sign === ',') this.isKey = this.open.at(-1) === '{';
  }
}

const OPENING = new Set(['{', '[']);
const CLOSING = new Set(['}', ']']);

type EndTest = (behind: string) => boolean;
/** Characters behind a quotation mark that tell whether it ends the string: more than any field's name has. */
const LOOKED_AT = 120;

/** Index of the mark that ends the string; that of the text's end where there is none. */
function endOfString(text: string, from: number, isEnd: EndTest): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\') at += 1;
    else if (sign === '"' && isEnd(text.slice(at + 1, at + 1 + LOOKED_AT))) return at;
  }
  return text.length;
}

const isEndOfKey: EndTest = (behind) => /^\s*:/.test(behind);
/** The object or the text ends, or the next field begins. */
const isEndOfValue: EndTest = (behind) =>
  /^\s*(?:$|[}\]]\s*(?:[,}\]]|$)|,\s*(?:"[^"\\\n]{1,80}"\s*:|[[{]|"[^"\\\n]{0,80}"\s*[,\]]|[-\dtfn]))/.test(
    behind,
  );

/** What may stand behind a backslash in JSON. */
const ESCAPES = new Set([...'"\\/bfnrtu']);

function escaped(content: string): string {
  return content.replace(/\\[^]?|["\p{Cc}]/gu, (found) => {
    if (!found.startsWith('\\')) return JSON.stringify(found).slice(1, -1);
    return ESCAPES.has(found.charAt(1)) ? found : `\\${found}`;
  });
}
