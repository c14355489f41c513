import { continuesClause, wordAt, type Tokens } from '../text/tokenize.js';
import type { Amount } from './money-amounts.js';

/** Tells a price from the many other figures of a message: areas, streets, codes, incomes, savings. */

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const COUNTED_THINGS = set(
  'sq sqft sf square feet foot ft acre acres sqm meters metres miles mile mi km people residents users views ' +
    'followers subscribers population employees times questions reasons things thanks steps points percent % ' +
    'mortgages customers homes houses units',
);
const HOMES = set('homes houses units');
const STREETS = set(
  'st street rd road ave avenue dr drive ln lane blvd boulevard ct court pkwy parkway cir circle hwy highway trail',
);
const IDENTIFIERS = set(
  '# zip zipcode mls ref reference order id unit apt suite code account phone cell number no',
);
const INCOME_BEFORE = set('income salary earn earning earns make making makes');
const SAVINGS_BEFORE = set('deposit owe owed saved savings equity payment');
const NOT_PRICE_AFTER = set('salary income saved deposit annually yearly equity');
const FILLERS = set(
  'about around of is was a an the at over roughly approximately approx nearly almost to my our',
);
const PERIODS = set('year yr month mo week hour annum');
const SALE_REACH_WORDS = 7;
const SALES = set('sell selling sold');
const PURCHASES = set('buy buying purchase budget spend looking');

export function isPriceLike(tokens: Tokens, amount: Amount): boolean {
  return (
    !isCountOfThings(tokens, amount) &&
    !isIdentifier(tokens, amount) &&
    !isPersonalFinance(tokens, amount) &&
    !isSale(tokens, amount.start)
  );
}

/** "$450k homes" and "450k homes" tell the price of each, "45,000 homes" how many. */
function isCountOfThings(tokens: Tokens, { end, hasCurrency, scale }: Amount): boolean {
  if (!continuesClause(tokens, end) || hasCurrency) return false;
  if (scale > 1 && HOMES.has(wordAt(tokens, end))) return false;
  return COUNTED_THINGS.has(wordAt(tokens, end)) || isOrdinal(tokens, end);
}

function isOrdinal(tokens: Tokens, end: number): boolean {
  return tokens[end]?.isGlued === true && ['st', 'nd', 'rd', 'th'].includes(wordAt(tokens, end));
}

/** Only plain figures are house numbers, zip codes or references; "$450k" never is. */
function isIdentifier(tokens: Tokens, amount: Amount): boolean {
  if (amount.hasCurrency || amount.scale > 1) return false;
  const isNumbered = [amount.start - 1, amount.start - 2].some(
    (at) => continuesClause(tokens, at + 1) && IDENTIFIERS.has(wordAt(tokens, at)),
  );
  if (isNumbered) return true;
  return [1, 2, 3].some((offset) => {
    const at = amount.end + offset;
    return continuesClause(tokens, at) && STREETS.has(wordAt(tokens, at));
  });
}

/** Income, savings and down payments say what a lead has, not what the house may cost. */
function isPersonalFinance(tokens: Tokens, { start, end }: Amount): boolean {
  let at = start;
  while (at > start - 4 && continuesClause(tokens, at) && FILLERS.has(wordAt(tokens, at - 1)))
    at -= 1;
  const before = continuesClause(tokens, at) ? wordAt(tokens, at - 1) : '';
  if (INCOME_BEFORE.has(before) || SAVINGS_BEFORE.has(before)) return true;
  if (!continuesClause(tokens, end)) return false;
  return isPersonalAfter(tokens, end);
}

function isPersonalAfter(tokens: Tokens, end: number): boolean {
  const word = wordAt(tokens, end);
  const next = wordAt(tokens, end + 1);
  if (NOT_PRICE_AFTER.has(word)) return true;
  if (word === 'down') return next !== 'to' && next !== 'from';
  if (word === 'in') return next === 'savings' || next === 'equity';
  return ['a', 'per', 'or', 'each'].includes(word) && PERIODS.has(next);
}

/** "selling ours for 350k": somebody else's budget. */
function isSale(tokens: Tokens, start: number): boolean {
  for (let at = start; at > start - SALE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (PURCHASES.has(wordAt(tokens, at - 1))) return false;
    if (SALES.has(wordAt(tokens, at - 1))) return true;
  }
  return false;
}
