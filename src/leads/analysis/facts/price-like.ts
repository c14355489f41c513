import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import type { Amount } from '../text/amounts.js';
import { standsAt } from '../text/phrases.js';

/** Tells a price from the many other figures of a message: areas, streets, codes, incomes, savings. */

const COUNTED_THINGS = wordSet(
  'bed beds bedroom bedrooms br bd bds bath baths bathroom bathrooms ba story stories floor floors car cars garage ' +
    'mins minute minutes hour hours hr hrs day days week weeks month months year years yr yrs lb lbs pound pounds ' +
    'yard yards ppl guests dogs kids pm am recamaras recámaras cuartos baños habitaciones minutos millas dias días ' +
    'meses semanas años percent sq sqft sf square feet foot ft acre acres sqm meters metres miles mile mi km people residents users views ' +
    'followers subscribers population employees times questions reasons things thanks steps points percent % ' +
    'mortgages customers homes houses units',
);
const HOMES = wordSet('homes houses units');
const STREETS = wordSet(
  'st street rd road ave avenue dr drive ln lane blvd boulevard ct court pkwy parkway cir circle hwy highway trail',
);
const IDENTIFIERS = wordSet(
  '# zip zipcode mls ref reference order id unit apt suite code account phone cell number no',
);
/** What is earned, saved, owed or paid every month. */
const PERSONAL = wordSet(
  'income salary earn earning earns earned make making makes deposit owe owes owed saved savings equity payment ' +
    'payments rent rents rental hoa fee fees tax taxes dues insurance score scores credit gift inherited inheritance ' +
    'gano ganamos gana ganando sueldo salario ingreso ingresos renta alquiler mensualidad mensualidades pago pagos ' +
    'enganche inicial ahorros ahorrado debo debemos debe deuda deudas highway hwy route interstate exit loop ' +
    'ganancia ganancias plusvalia utilidad student debt debts bonus commission paycheck severance settlement giving gives gave gifting helping lent payoff earnest escrow',
);
const NOT_PRICE_AFTER = wordSet(
  'salary income saved deposit annually yearly equity gift monthly mensual mensuales ahorrados ahorrado rent renta ' +
    'debt earnest savings toward towards combined anuales',
);
/** Between a personal figure and one of these, something is bought. */
const PURCHASING = wordSet(
  'buy buying purchase budget spend spending price priced afford looking want wants wanting like go going stay stayed get ' +
    'find range under below max maximum up within over between offer pay paying approved preapproved qualified presupuesto ' +
    'comprar gastar hasta menos busco buscamos buscando quiero queremos precio máximo maximo tope entre',
);
const PERSONAL_REACH_WORDS = 8;
const PERIODS = wordSet('year yr month mo week hour annum mes año ano semana quincena');
const SALE_REACH_WORDS = 7;
const SALES = wordSet(
  'sell selling sold bought paid vender vendo vendi vendio vende vendimos vendiendo compre compramos pagamos pague',
);
const OWN = wordSet('my our mi nuestra');
const OURS = wordSet('ours mine');
const OWN_HOMES = wordSet('home house place condo townhouse property casa');
const VALUES = wordSet('worth value valued appraised appraises go goes list vale zillow zestimate');
const PURCHASES = wordSet('buy buying purchase budget spend looking want up under');

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

/** Income, savings, debts and monthly costs say what a lead has, not what the house may cost. */
function isPersonalFinance(tokens: Tokens, { start, end }: Amount): boolean {
  for (let at = start; at > start - PERSONAL_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    // "make it 430".
    if (word === 'make' && ['it', 'that'].includes(wordAt(tokens, at))) continue;
    if (PERSONAL.has(word)) return !isPurchasedAfterAll(tokens, at, start);
  }
  const isHers = EARNERS.has(wordAt(tokens, start - 1)) && !continuesClause(tokens, start - 1);
  if (isHers && continuesClause(tokens, start)) return true;
  return continuesClause(tokens, end) && isPersonalAfter(tokens, end);
}

/** "wife makes 88k, me 64k". */
const EARNERS = wordSet('me him her mine his hers');

/** "I earn 90k and want to stay under 400k"; "rent needs to be under 2,000" buys nothing. */
function isPurchasedAfterAll(tokens: Tokens, from: number, to: number): boolean {
  let hasOtherVerb = false;
  for (let at = from; at < to; at += 1) {
    const word = wordAt(tokens, at);
    if (CLAUSE_JOINERS.has(word)) hasOtherVerb = true;
    else if (hasOtherVerb && PURCHASING.has(word)) return true;
  }
  return false;
}

const CLAUSE_JOINERS = wordSet('and but so then y pero i we');

function isPersonalAfter(tokens: Tokens, end: number): boolean {
  const word = wordAt(tokens, end);
  const next = wordAt(tokens, end + 1);
  if (isOfPay(word, next)) return true;
  if (word === 'down') return next !== 'to' && next !== 'from';
  if (word === 'in' || word === 'from') return isOfFunds(tokens, end);
  if (word === 'de') return PERSONAL.has(next) || next === 'entrada';
  return isPutDown(word, next) || isForDownPayment(tokens, end) || isEachPeriod(word, next);
}

const BESIDE_PAY = wordSet('bonus bonuses commission commissions tips overtime benefits');

const isOfPay = (word: string, next: string): boolean =>
  NOT_PRICE_AFTER.has(word) || BESIDE_PAY.has(next);

const isPutDown = (word: string, next: string): boolean => word === 'to' && next === 'put';

const FUNDS = wordSet('savings equity 401k 401 ira stocks inheritance parents');
const FUNDS_REACH_WORDS = 3;

/** "120k from my 401k", "80k in the bank". */
function isOfFunds(tokens: Tokens, end: number): boolean {
  for (let at = end + 1; at <= end + FUNDS_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    const isInBank = wordAt(tokens, at) === 'bank' && wordAt(tokens, end) === 'in';
    if (isInBank || FUNDS.has(wordAt(tokens, at))) return true;
  }
  return false;
}

/** "a month", "al mes". */
function isEachPeriod(word: string, next: string): boolean {
  return ['a', 'per', 'or', 'each', 'al', 'por', '/'].includes(word) && PERIODS.has(next);
}

const DOWN_PAYMENTS = wordSet('enganche entrada inicial');

/** "75k from my parents for the down payment". */
function isForDownPayment(tokens: Tokens, end: number): boolean {
  for (let at = end; at < end + PERSONAL_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    const isDown = wordAt(tokens, at) === 'down' && wordAt(tokens, at + 1).startsWith('payment');
    if (!isDown && !DOWN_PAYMENTS.has(wordAt(tokens, at))) continue;
    return ['for', 'toward', 'towards', 'as', 'para'].some((word) =>
      [at - 1, at - 2, at - 3].some((index) => index >= end && wordAt(tokens, index) === word),
    );
  }
  return false;
}

/** "selling ours for 350k": somebody else's budget. */
function isSale(tokens: Tokens, start: number): boolean {
  for (let at = start; at > start - SALE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (PURCHASES.has(wordAt(tokens, at - 1))) return false;
    if (SALES.has(wordAt(tokens, at - 1)) || standsAt(tokens, at - 1, ['went', 'for'])) return true;
  }
  return isOwnValue(tokens, start);
}

/** "our home should go for around 410k". */
function isOwnValue(tokens: Tokens, start: number): boolean {
  let isValued = false;
  let isOwned = false;
  for (let at = start; at > start - 2 * SALE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    if (VALUES.has(word)) isValued = true;
    if (PURCHASES.has(word)) return false;
    if (OURS.has(word) || (OWN_HOMES.has(word) && OWN.has(wordAt(tokens, at - 2)))) isOwned = true;
    if (isValued && isOwned) return true;
  }
  return false;
}
