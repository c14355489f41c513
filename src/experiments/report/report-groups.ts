import type { ExperimentPlan } from '../statistics/experiment-plan.js';
import { armDto, plannedArms, type Arm } from './arms.js';
import { compareArms } from './comparisons.js';
import { groupBy } from './group-by.js';
import type { ReportRows } from './report-rows.js';
import type { GroupDto } from './report.dto.js';
import type { Breakdown } from './report-query.dto.js';

/** Leads that a breakdown looks at together; null is "all". */
interface GroupKey {
  readonly segment: string | null;
  readonly source: string | null;
}

/** One entry per segment, per source, or per both, with its own comparisons. */
export function reportGroups(
  plan: ExperimentPlan,
  rows: Pick<ReportRows, 'cells' | 'waits'>,
  by: Breakdown,
): readonly GroupDto[] {
  if (by === 'none') return [];
  const keyOf = (lead: { readonly segment: string; readonly source: string }): GroupKey => ({
    segment: by === 'source' ? null : lead.segment,
    source: by === 'segment' ? null : lead.source,
  });
  const textOf = ({ segment, source }: GroupKey) => JSON.stringify([segment, source]);
  const waits = groupBy(rows.waits, (wait) => textOf(keyOf(wait)));
  const groups = [...groupBy(rows.cells, (cell) => textOf(keyOf(cell)))]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([text, cells]) => {
      const [first] = cells;
      if (first === undefined) return [];
      return [{ key: keyOf(first), arms: plannedArms(plan, cells, waits.get(text) ?? []) }];
    });
  const comparisons = compareArms(
    plan,
    groups.map(({ arms }) => arms),
  );
  return groups.map(({ key, arms }, index) => ({
    ...key,
    arms: arms.map((arm: Arm) => armDto(plan, arm)),
    comparisons: comparisons[index] ?? [],
  }));
}
