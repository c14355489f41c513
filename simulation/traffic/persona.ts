import type { Draw, Weighted } from './draw.js';

/** Who a made-up lead is, and what it wants: its messages tell this piece by piece. */
export interface Persona {
  readonly firstName: string;
  readonly lastName: string;
  /** As the form or the advertisement names itself. */
  readonly source: string;
  readonly budget: Budget;
  readonly timeline: TimelineWish;
  readonly financing: FinancingWish;
  readonly area: string;
}

export interface Budget {
  /** Dollars. */
  readonly amount: number;
  /** A range tells this below `amount`; a ceiling only says "at most". */
  readonly form: 'figure' | 'ceiling' | 'range';
}

export type TimelineWish = 'now' | 'month' | 'quarter' | 'half_year' | 'next_year' | 'no_rush';
export type FinancingWish = 'cash' | 'pre_approved' | 'conventional' | 'fha' | 'va' | 'none_yet';

const FIRST_NAMES = [
  ...(['Ana', 'Ben', 'Carla', 'Deshawn', 'Elena', 'Farid', 'Grace', 'Hector', 'Imani'] as const),
  ...(['Jürgen', 'Kavya', 'Liam', 'María', 'Noah', 'Olivia', 'Priya', 'Quinn', 'Rosa'] as const),
  ...(['Sven', 'Tanisha', 'Uma', 'Victor', 'Wei', 'Ximena', 'Yusuf', 'Zoë'] as const),
] as const;
const LAST_NAMES = [
  ...(['Alvarez', 'Brooks', 'Chen', 'Dubois', 'Edwards', 'Fischer', 'García', 'Hughes'] as const),
  ...(['Ibrahim', 'Johnson', 'Kim', 'Lopez', 'Miller', 'Nguyen', "O'Neill", 'Patel'] as const),
  ...(['Quintero', 'Reed', 'Singh', 'Thompson', 'Ueda', 'Vance', 'Washington', 'Young'] as const),
] as const;
const SOURCES = [
  ['Facebook Ads', 30],
  ['Google Ads', 20],
  ['Zillow', 14],
  ['Website', 12],
  ['Instagram', 9],
  ['Referral', 8],
  ['Open House', 5],
  ['', 2],
] as const;
/** The service areas of the default profile, and towns beyond them. */
const AREAS = [
  ['Dallas', 20],
  ['Plano', 18],
  ['Frisco', 20],
  ['McKinney', 14],
  ['Allen', 12],
  ['Fort Worth', 6],
  ['Arlington', 5],
  ['Waco', 5],
] as const;
const TIMELINES: readonly [Weighted<TimelineWish>, ...Weighted<TimelineWish>[]] = [
  ['now', 18],
  ['month', 24],
  ['quarter', 22],
  ['half_year', 14],
  ['next_year', 10],
  ['no_rush', 12],
];
const FINANCINGS: readonly [Weighted<FinancingWish>, ...Weighted<FinancingWish>[]] = [
  ['pre_approved', 34],
  ['cash', 12],
  ['conventional', 16],
  ['fha', 14],
  ['va', 8],
  ['none_yet', 16],
];
const BUDGET_STEP = 5_000;

export function inventPersona(draw: Draw): Persona {
  return {
    firstName: draw.one(FIRST_NAMES),
    lastName: draw.one(LAST_NAMES),
    source: draw.weighted(SOURCES),
    budget: inventBudget(draw),
    timeline: draw.weighted(TIMELINES),
    financing: draw.weighted(FINANCINGS),
    area: draw.weighted(AREAS),
  };
}

/** Most within the default profile, some below its smallest and above its largest budget. */
function inventBudget(draw: Draw): Budget {
  const [min, max] = draw.weighted<readonly [number, number]>([
    [[230_000, 780_000], 72],
    [[90_000, 195_000], 12],
    [[820_000, 2_400_000], 16],
  ]);
  return {
    amount: draw.whole(min / BUDGET_STEP, max / BUDGET_STEP) * BUDGET_STEP,
    form: draw.weighted([
      ['figure', 55],
      ['ceiling', 30],
      ['range', 15],
    ]),
  };
}
